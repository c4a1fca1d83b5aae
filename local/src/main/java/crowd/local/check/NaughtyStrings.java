package crowd.local.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Strings that programs stumble over: empty ones, words that mean something to a language, markup,
 * templates, paths, and text that is written in other ways than its author thought.
 */
final class NaughtyStrings {

  /** What random strings are made of: some characters of every kind that is treated specially. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "B",
          "7",
          " ",
          "  ",
          "\t",
          "\n",
          "\r",
          "\u0000",
          "\u0001",
          "\u001b[31m",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u00ad",
          "\u0130",
          "\u00df",
          "e\u0301",
          "\u00e9",
          "\u1e9b\u0323",
          "\u200b",
          "\u200d",
          "\u200f",
          "\u202e",
          "\u2028",
          "\u2060",
          "\u3000",
          "\ud800",
          "\udfff",
          "\ufdfa",
          "\ufeff",
          "\ufffd",
          "\uffff",
          "\ud83d\ude00",
          "\ud83c\uddea\ud83c\uddfa",
          "\ud83d\udc69\u200d\ud83d\udcbb",
          "\udbff\udfff",
          "\"",
          "'",
          "\\",
          "/",
          "#",
          "%",
          "&",
          "+",
          "=",
          "?",
          ";",
          ":",
          ",",
          ".",
          "..",
          "|",
          "$",
          "{",
          "}",
          "[",
          "]",
          "<",
          ">",
          "`",
          "~",
          "^",
          "--",
          "/*",
          "*/",
          "%00",
          "%2e",
          "\\u0041",
          "&#0;",
          "${a}",
          "{{a}}");

  private NaughtyStrings() {}

  /** The fixed ones, and so many that the seed makes. */
  static List<String> all(SplittableRandom random, long more) {
    var strings = new LinkedHashSet<String>();
    empty(strings::add);
    words(strings::add);
    numbers(strings::add);
    code(strings::add);
    scripts(strings::add);
    characters(strings::add);
    lengths(strings::add);
    for (long i = 0; i < more; i++) {
      strings.add(random(random));
    }
    return List.copyOf(strings);
  }

  private interface Sink {
    boolean add(String text);

    default void all(String... texts) {
      for (var text : texts) {
        var _ = add(text);
      }
    }
  }

  private static String random(SplittableRandom random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static void empty(Sink out) {
    out.all("", " ", "   ", "\t", "\n", "\r\n", "\u0000", "\u00a0", "\u200b", "\u2060", "\u3000");
    out.all("\ufeff", "\u180e", "\u1680", "\u2028", "\u2029", "\u0085", "\u00ad", "\u034f");
  }

  private static void words(Sink out) {
    out.all("null", "NULL", "nil", "undefined", "None", "NaN", "true", "False", "void", "(null)");
    out.all("__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf");
    out.all("con", "NUL", "COM1", "LPT1", "aux.txt", ".", "..", ".git", "~", "-", "--", "-rf");
    out.all("admin", "root", "anonymous", "guest", "test", "@", "me", "new", "events", "unlink");
    out.all("[object Object]", "[object Promise]", "function () { return 1 }", "() => {}");
    out.all("Scunthorpe General Hospital", "Dr. Null", "Mr. O'Brien", "Bobby \"Tables\"");
  }

  private static void numbers(Sink out) {
    out.all("0", "-0", "00", "1.0", "1e3", "0x10", "1_000", "1,000.00", "9007199254740993", "+1");
    out.all("-1", "1/0", "Infinity", "1e400", "\u0661\u0662\u0663", "\uff11", "\u00bd", "\u2167");
    out.all("2026-02-30", "1970-01-01T00:00:00Z", "275760-09-13", "12:60", "99999999999999999999");
  }

  private static void code(Sink out) {
    out.all("'", "\"", "''", "';--", "' OR 1=1 --", "1; DELETE FROM users", "\\", "\\\\", "\\'");
    out.all("#a = :b OR #c = :d", "attribute_exists(pk)", ":v", "#n", "U#demo#x", "A#B", "a|b");
    out.all("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</title>", "<!--", "]]>");
    out.all("javascript:alert(1)", "data:text/html,x", "&lt;", "&amp;amp;", "&#x0;", "<?php ?>");
    out.all("${7*7}", "{{7*7}}", "#{7*7}", "<%= 1 %>", "%s%n%x", "%d", "$(touch x)", "`touch x`");
    out.all("${jndi:ldap://127.0.0.1/a}", "${env:PATH}", "|| ls", "&& ls", "; ls", "> /dev/null");
    out.all("../../etc/passwd", "..\\..\\x", "/etc/passwd%00", "file:///x", "//host/x", "C:\\x");
    out.all("%00", "%2e%2e%2f", "%c0%af", "%ff", "%", "%zz", "a%20b", "a+b", "a b", "a&b=c", "a?b");
    out.all(
        "=1+1", "=cmd|' /C x'!A0", "@SUM(1)", "+1+1", "-1+1", "\t=1", "$where", "{\"$gt\":\"\"}");
    out.all("a\r\nSet-Cookie: b", "a\nb", "a\u0000b", "{\"a\":1}", "[1]", "{", "}", "\"}", "a,b");
    out.all("<a>&'\"</a>", "<![CDATA[x]]>", "<!ENTITY x SYSTEM 'x'>", "*", "?", "**", "a:b", "::1");
  }

  private static void scripts(Sink out) {
    out.all("\u4f60\u597d", "\u3053\u3093\u306b\u3061\u306f", "\uc548\ub155", "\u0645\u0631\u062d");
    out.all(
        "\u05e9\u05dc\u05d5\u05dd", "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35", "\u0928\u092e\u0938");
    out.all("\u00e9", "e\u0301", "\u212b", "\u00c5", "A\u030a", "\ufb01", "fi", "\u01c6", "\u00df");
    out.all(
        "SS",
        "\u0130stanbul",
        "\u0131",
        "i\u0307",
        "\u03c3\u03c2",
        "\u1e9e",
        "\u017f",
        "K",
        "\u212a");
    out.all("\u0430dmin", "p\u0430ypal", "\u202egnp.exe", "\u2066a\u2069", "a\u200db", "\u200fa");
    out.all("Z\u0351\u036b\u0343\u036a\u0302", "\u0301", "a" + "\u0301".repeat(60), "\u0f77\u0f81");
  }

  private static void characters(Sink out) {
    for (int c = 1; c < 0x20; c += 3) {
      out.all("c" + (char) c + "c");
    }
    out.all(
        "\u007f", "\u0080", "\u009f", "\ufdd0", "\ufffe", "\uffff", "\ufffd", "\ufffc", "\ufff9a");
    out.all(
        "\ud83d\ude00",
        "\ud83c\uddea\ud83c\uddfa",
        "\ud83d\udc69\u200d\ud83d\udcbb",
        "\ud835\udfd8");
    out.all(
        "\ud83c\udff4\udb40\udc67\udb40\udc7f",
        "1\ufe0f\u20e3",
        "\udbff\udfff",
        "\ud800\udc00",
        "\udbff\udfff~");
    out.all("\ud800", "\udfff", "a\ud83d", "\ude00\ud83d", "\ud83d\ud83d\ude00", "\ud800a\udc00");
  }

  private static void lengths(Sink out) {
    for (int length : new int[] {127, 128, 254, 255, 256, 257, 1023, 1024, 1025, 2048, 4096}) {
      out.all("l".repeat(length));
    }
    out.all("\u00e9".repeat(127), "\u00e9".repeat(128), "\u20ac".repeat(85), "\u20ac".repeat(86));
    out.all(
        "\ud83d\ude00".repeat(63), "\ud83d\ude00".repeat(64), " ".repeat(300), "l".repeat(40_000));
  }

  /** The string as JSON text in ASCII: what UTF-8 cannot carry, JSON can. */
  static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= 0x20 && unit < 0x7f && unit != '"' && unit != '\\') {
        out.append(unit);
      } else {
        out.append("\\u%04x".formatted((int) unit));
      }
    }
    return out.append('"').toString();
  }
}
