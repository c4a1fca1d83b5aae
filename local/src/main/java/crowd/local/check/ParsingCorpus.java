package crowd.local.check;

import crowd.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Texts that JSON parsers are known to disagree about, made from RFC 8259: what its grammar has,
 * what it has not, and what it leaves to the parser.
 */
final class ParsingCorpus {

  /** What the RFC says of a text. */
  enum Verdict {
    VALID,
    INVALID,
    /** A parser may take it or not: limits, lone surrogates, names that stand twice. */
    OPEN
  }

  /**
   * A text.
   *
   * @param octets its bytes, a character each
   * @param meaning the value that it stands for, where one is expected
   * @param isValue whether it can stand in another text in place of a value; else it is a whole one
   */
  record Case(
      String name, String octets, Verdict verdict, Optional<Json> meaning, boolean isValue) {

    byte[] text() {
      return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return verdict + " " + name;
    }
  }

  private final List<Case> cases = new ArrayList<>();

  private ParsingCorpus() {}

  static List<Case> all() {
    var corpus = new ParsingCorpus();
    corpus.numbers();
    corpus.brokenNumbers();
    corpus.strings();
    corpus.escapes();
    corpus.brokenStrings();
    corpus.brokenUtf8();
    corpus.literals();
    corpus.arrays();
    corpus.objects();
    corpus.spaces();
    corpus.nesting();
    corpus.wholeTexts();
    return List.copyOf(corpus.cases);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String octets(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] quotedBytes(int... bytes) {
    var out = new ByteArrayOutputStream();
    out.write('"');
    for (int b : bytes) {
      out.write(b);
    }
    out.write('"');
    return out.toByteArray();
  }

  private void valid(String name, String text, Json meaning) {
    cases.add(new Case(name, octets(utf8(text)), Verdict.VALID, Optional.of(meaning), true));
  }

  private void invalid(String name, String text) {
    cases.add(new Case(name, octets(utf8(text)), Verdict.INVALID, Optional.empty(), true));
  }

  private void open(String name, String text) {
    cases.add(new Case(name, octets(utf8(text)), Verdict.OPEN, Optional.empty(), true));
  }

  private void bytes(String name, Verdict verdict, byte[] text, boolean isValue) {
    cases.add(new Case(name, octets(text), verdict, Optional.empty(), isValue));
  }

  private static Json text(String value) {
    return new Json.Text(value);
  }

  private static Json array(Json... values) {
    return new Json.Arr(List.of(values));
  }

  private static Json object(String name, Json value) {
    return new Json.Obj(Map.of(name, value));
  }

  private void numbers() {
    for (var sign : List.of("", "-")) {
      for (var whole : List.of("0", "1", "10", "1234567890", "9007199254740993")) {
        for (var rest : List.of("", ".5", ".000", "e1", "E+2", "e-2", "e00", ".25e10")) {
          var literal = sign + whole + rest;
          valid("number " + literal, literal, new Json.Num(literal));
        }
      }
    }
    for (var literal : List.of("1e400", "-1e400", "1e-400", "1e2147483647", "1e99999999999")) {
      open("number beyond a double " + literal, literal);
    }
    for (int digits : new int[] {64, 65, 400, 10_000}) {
      open("number of " + digits + " digits", "9".repeat(digits));
      open("number of " + digits + " decimals", "0." + "1".repeat(digits));
    }
  }

  private void brokenNumbers() {
    for (var literal :
        List.of(
            "+1",
            "++1",
            "--1",
            "-",
            "- 1",
            "-+1",
            ".5",
            "-.5",
            "1.",
            "-1.",
            "1.e1",
            "1.5.",
            "1..2",
            "01",
            "-01",
            "00",
            "012.3",
            "1e",
            "1E",
            "1e+",
            "1e-",
            "1e1.5",
            "1eE2",
            "1ee2",
            "e1",
            "1+2",
            "1-2",
            "1_000",
            "1,5,",
            "0x1F",
            "0b1",
            "0o7",
            "1f",
            "1L",
            "1a",
            "0.1.2",
            "0e+-1",
            "NaN",
            "-NaN",
            "nan",
            "Infinity",
            "-Infinity",
            "+Infinity",
            "Inf",
            "1/2",
            "$1",
            "1%",
            "\uff11",
            "\u0661",
            "1\u00a00",
            "1 000",
            "0x",
            "1e\u0661")) {
      invalid("number " + literal, literal);
    }
  }

  /** The first and last characters of each length in UTF-8, and of each region that is special. */
  private void strings() {
    for (int codePoint :
        new int[] {
          0x20, 0x21, 0x23, 0x2f, 0x5b, 0x5d, 0x7e, 0x7f, 0x80, 0x9f, 0xa0, 0xad, 0xff, 0x7ff,
          0x800, 0xfff, 0x1000, 0x2028, 0x2029, 0x202e, 0x2060, 0xd7ff, 0xe000, 0xf8ff, 0xfdd0,
          0xfeff, 0xfffd, 0xfffe, 0xffff, 0x10000, 0x1f600, 0x1ffff, 0xe0001, 0xf0000, 0x10fffd,
          0x10ffff
        }) {
      var character = Character.toString(codePoint);
      var name = "U+%04X".formatted(codePoint);
      valid("string " + name, "\"" + character + "\"", text(character));
      valid("string around " + name, "\"a" + character + "b\"", text("a" + character + "b"));
      valid("name " + name, "{\"" + character + "\":1}", object(character, Json.Num.of(1)));
    }
    valid("string empty", "\"\"", text(""));
    valid("string long", "\"" + "x".repeat(4000) + "\"", text("x".repeat(4000)));
    valid("string like JSON", "\"{}[]:,\"", text("{}[]:,"));
    valid("string like a comment", "\"/* a */ // b\"", text("/* a */ // b"));
    valid("string like a number", "\"-1e5\"", text("-1e5"));
  }

  private void escapes() {
    var short1 = Map.of('"', "\"", '\\', "\\", '/', "/", 'b', "\b", 'f', "\f", 'n', "\n");
    short1.forEach((c, meaning) -> valid("escape " + c, "\"\\" + c + "\"", text(meaning)));
    valid("escape r", "\"\\r\"", text("\r"));
    valid("escape t", "\"\\t\"", text("\t"));
    for (int c : new int[] {0, 1, 7, 0x1f, 0x22, 0x5c, 0x7f, 0x41, 0xe9, 0x2028, 0xfeff, 0xffff}) {
      var meaning = text(Character.toString(c));
      valid("escape u%04x".formatted(c), "\"\\u%04x\"".formatted(c), meaning);
      valid("escape u%04X".formatted(c), "\"\\u%04X\"".formatted(c), meaning);
      valid(
          "escape u%04x in a name".formatted(c),
          "{\"\\u%04x\":null}".formatted(c),
          object(Character.toString(c), Json.Null.VALUE));
    }
    valid("escape pair", "\"\\ud83d\\ude00\"", text("\ud83d\ude00"));
    valid("escape pair in mixed case", "\"\\uD83D\\uDe00\"", text("\ud83d\ude00"));
    valid("escape of a backslash and u", "\"\\\\u0041\"", text("\\u0041"));
    valid("escape twice", "\"\\u0041\\u0042\"", text("AB"));
    for (var lone :
        List.of(
            "\\ud800",
            "\\udfff",
            "\\ud83d",
            "\\ude00\\ud83d",
            "\\ud83d\\ud83d",
            "\\ud800\\n",
            "a\\udc00b",
            "\\ud83dx",
            "\\ud800\\u0041",
            "\\uD83D\\uDE00\\uD83D")) {
      open("lone surrogate " + lone, "\"" + lone + "\"");
      open("lone surrogate in a name " + lone, "{\"" + lone + "\":1}");
    }
  }

  private void brokenStrings() {
    for (int c = 0; c < 0x20; c++) {
      invalid("raw control %02x".formatted(c), "\"a" + (char) c + "b\"");
    }
    invalid("raw control in a name", "{\"a\tb\":1}");
    for (var escape :
        List.of(
            "a",
            "x41",
            "0",
            "v",
            "'",
            "U0041",
            "u",
            "u0",
            "u00",
            "u004",
            "u00g1",
            "u 041",
            "u+041",
            "u{41}",
            "N",
            "e",
            "\n",
            "\u0000",
            "\u00e9",
            "ud83d\\u",
            "ud83d\\ud",
            "u-041")) {
      invalid("escape " + escape, "\"\\" + escape + "\"");
    }
    invalid("escape at the end", "\"\\\"");
    invalid("string not closed", "\"abc");
    invalid("string not opened", "abc\"");
    invalid("string closed by the other quote", "\"abc'");
    invalid("string in single quotes", "'abc'");
    invalid("string in backticks", "`abc`");
    invalid("string in curly quotes", "\u201cabc\u201d");
    invalid("string without quotes", "abc");
    invalid("string beside a string", "\"a\" \"b\"");
    invalid("strings added", "\"a\"+\"b\"");
    invalid("escape outside of a string", "\\u0022abc\\u0022");
    invalid("raw string of another language", "r\"abc\"");
  }

  private void brokenUtf8() {
    var broken = new LinkedHashMap<String, int[]>();
    broken.put("lone continuation", new int[] {0x80});
    broken.put("continuation too many", new int[] {0xc3, 0xa9, 0xa9});
    broken.put("cut after one of two", new int[] {0xc3});
    broken.put("cut after two of three", new int[] {0xe2, 0x82});
    broken.put("cut after three of four", new int[] {0xf0, 0x9f, 0x98});
    broken.put("overlong of two, slash", new int[] {0xc0, 0xaf});
    broken.put("overlong of two, quote", new int[] {0xc0, 0xa2});
    broken.put("overlong of two, NUL", new int[] {0xc0, 0x80});
    broken.put("overlong of three", new int[] {0xe0, 0x80, 0xaf});
    broken.put("overlong of four", new int[] {0xf0, 0x80, 0x80, 0xaf});
    broken.put("overlong of five", new int[] {0xf8, 0x80, 0x80, 0x80, 0xaf});
    broken.put("overlong of six", new int[] {0xfc, 0x80, 0x80, 0x80, 0x80, 0xaf});
    broken.put("high surrogate", new int[] {0xed, 0xa0, 0x80});
    broken.put("low surrogate", new int[] {0xed, 0xbf, 0xbf});
    broken.put("surrogates as a pair", new int[] {0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80});
    broken.put("beyond the last character", new int[] {0xf4, 0x90, 0x80, 0x80});
    broken.put("far beyond", new int[] {0xf7, 0xbf, 0xbf, 0xbf});
    broken.put("byte fe", new int[] {0xfe});
    broken.put("byte ff", new int[] {0xff});
    broken.put("Latin-1", new int[] {0xe9});
    broken.put("Windows-1252 quotes", new int[] {0x93, 'a', 0x94});
    broken.forEach((name, bytes) -> {
      // The RFC wants UTF-8 and does not say what becomes of what is none; we do: it is refused.
      bytes("UTF-8, " + name, Verdict.INVALID, quotedBytes(bytes), true);
    });
    bytes("UTF-8, broken outside of a string", Verdict.INVALID, new byte[] {(byte) 0xe5}, true);
  }

  private void literals() {
    valid("true", "true", new Json.Bool(true));
    valid("false", "false", new Json.Bool(false));
    for (var word :
        List.of(
            "True",
            "TRUE",
            "tru",
            "truee",
            "true1",
            "t",
            "False",
            "fals",
            "FALSE",
            "f",
            "Null",
            "nul",
            "nulll",
            "NULL",
            "n",
            "None",
            "nil",
            "undefined",
            "void",
            "yes",
            "no",
            "on",
            "true false",
            "nulltrue",
            "function(){}",
            "new Date()",
            "#t",
            "@a",
            "&a",
            "*a",
            "~",
            "!",
            "=",
            ":",
            ",",
            ";",
            "?",
            "<a>",
            "\ufeff",
            "\u2060",
            "\u0000")) {
      invalid("word " + word, word);
    }
  }

  private void arrays() {
    valid("array empty", "[]", array());
    valid("array of one", "[1]", array(Json.Num.of(1)));
    valid("array with spaces", "[ 1 , \"a\" ]", array(Json.Num.of(1), text("a")));
    valid("array of null", "[null]", array(Json.Null.VALUE));
    valid("array of arrays", "[[],[[]]]", array(array(), array(array())));
    valid("array of objects", "[{},{\"a\":1}]", array(Json.Obj.EMPTY, object("a", Json.Num.of(1))));
    valid("array over lines", "[1\n,\r\n1\t]", array(Json.Num.of(1), Json.Num.of(1)));
    for (var text :
        List.of(
            "[",
            "]",
            "[1",
            "1]",
            "[1,",
            "[1,]",
            "[,1]",
            "[,]",
            "[1,,2]",
            "[,,]",
            "[1 2]",
            "[1;2]",
            "[1:2]",
            "[\"a\":1]",
            "[1}",
            "[{]",
            "[}",
            "[\"a\"",
            "[\"a",
            "[a]",
            "['a']",
            "[1]]",
            "[[1]",
            "[1],",
            "[1]x",
            "[1]#",
            "[1]//",
            "[1]/**/",
            "[1,/**/2]",
            "[-]",
            "[*]",
            "[...]",
            "[1\u000b]",
            "[1\f]",
            "[1\u00a0]",
            "[\u2003]",
            "[1\u0000]",
            "<[]>",
            "()",
            "[1,\n1\n,1")) {
      invalid("array " + text, text);
    }
  }

  private void objects() {
    valid("object empty", "{}", Json.Obj.EMPTY);
    valid("object", "{\"a\":1}", object("a", Json.Num.of(1)));
    valid("object with spaces", " { \"a\" : 1 } ", object("a", Json.Num.of(1)));
    valid("object with an empty name", "{\"\":1}", object("", Json.Num.of(1)));
    valid(
        "object of two",
        "{\"a\":1,\"b\":[]}",
        new Json.Obj(Map.of("a", Json.Num.of(1), "b", array())));
    for (var name :
        List.of("__proto__", "constructor", "prototype", "toString", "hasOwnProperty")) {
      valid("object with " + name, "{\"" + name + "\":1}", object(name, Json.Num.of(1)));
    }
    for (var text :
        List.of(
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{,}",
            "{,\"a\":1}",
            "{\"a\":1,,\"b\":2}",
            "{\"a\"}",
            "{\"a\":}",
            "{:1}",
            "{\"a\",1}",
            "{\"a\"::1}",
            "{\"a\" 1}",
            "{\"a\"=1}",
            "{\"a\"=>1}",
            "{a:1}",
            "{'a':1}",
            "{1:1}",
            "{null:1}",
            "{true:1}",
            "{[]:1}",
            "{{}:1}",
            "{{}}",
            "{[1]}",
            "{1}",
            "{\"a\":1]",
            "{\"a\":1 \"b\":2}",
            "{\"a\":1;\"b\":2}",
            "{\"a\":1}}",
            "{\"a\":1}x",
            "{\"a\":1}#",
            "{\"a\":1}/",
            "{\"a\":1}//",
            "{\"a\":1}/**/",
            "{/**/\"a\":1}",
            "{\"a\"/**/:1}",
            "{\"a\":1,...b}",
            "{\"a\":b}",
            "{\"a\":\"b}",
            "{\"a:1}",
            "{a\":1}",
            "{\"a\":1\u0000}",
            "{\"a\":'b'}",
            "{\"a\":+1}")) {
      invalid("object " + text, text);
    }
    for (var text :
        List.of(
            "{\"a\":1,\"a\":1}",
            "{\"a\":1,\"a\":2}",
            "{\"a\":1,\"\\u0061\":2}",
            "{\"\":1,\"\":1}",
            "{\"a\":{},\"a\":[]}",
            "[{\"a\":null,\"a\":1}]")) {
      open("name twice " + text, text);
    }
    open("name of 257 characters", "{\"" + "n".repeat(257) + "\":1}");
    open("name of 10,000 characters", "{\"" + "n".repeat(10_000) + "\":1}");
  }

  private void spaces() {
    for (var space : List.of(" ", "\t", "\n", "\r", " \t\n\r ")) {
      var name = space.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
      valid("space '" + name + "' around", space + "1" + space, Json.Num.of(1));
      valid("space '" + name + "' in an array", "[" + space + "]", array());
      valid("space '" + name + "' in an object", "{" + space + "}", Json.Obj.EMPTY);
    }
    for (int c :
        new int[] {0x0b, 0x0c, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x3000, 0xfeff, 0x200b}) {
      invalid("space U+%04X".formatted(c), "[" + Character.toString(c) + "1]");
    }
    invalid("nothing", "");
    invalid("only spaces", "  ");
  }

  private void nesting() {
    valid("nested ten deep", "[".repeat(10) + "]".repeat(10), nested(10));
    for (int depth : new int[] {17, 100, 1_000, 100_000}) {
      open("arrays %d deep".formatted(depth), "[".repeat(depth) + "]".repeat(depth));
      open(
          "objects %d deep".formatted(depth),
          "{\"a\":".repeat(depth / 4) + "1" + "}".repeat(depth / 4));
      invalid("arrays %d deep, not closed".formatted(depth), "[".repeat(depth));
      invalid("objects %d deep, not closed".formatted(depth), "{\"a\":".repeat(depth / 4));
      invalid("arrays in objects %d deep".formatted(depth), "[{\"a\":".repeat(depth / 8 + 1));
    }
  }

  private static Json nested(int depth) {
    return depth == 1 ? array() : array(nested(depth - 1));
  }

  /** What depends on standing at the beginning or the end. */
  private void wholeTexts() {
    for (var text :
        List.of(
            "1 2",
            "{}{}",
            "[] []",
            "{} x",
            "{},",
            ",{}",
            "null null",
            "{}\u0000",
            "\u0000{}",
            "/**/{}",
            "{}//",
            "#!{}",
            "{}\ufeff",
            "\u2060{}",
            ")]}',\n{}",
            "callback({})",
            "--",
            "<?xml version=\"1.0\"?><a/>",
            "<!DOCTYPE html>",
            "a=1&b=2",
            "---\na: 1\n")) {
      bytes("text " + text, Verdict.INVALID, utf8(text), false);
    }
    for (var text : List.of("1", "-0.5e3", "\"a\"", "true", "null", "[]", "[1,{}]", "{}", " {} ")) {
      bytes("text " + text, Verdict.VALID, utf8(text), false);
    }
    bytes("byte order mark", Verdict.OPEN, utf8("\ufeff{}"), false);
    bytes("two byte order marks", Verdict.INVALID, utf8("\ufeff\ufeff{}"), false);
    bytes("byte order mark alone", Verdict.INVALID, utf8("\ufeff"), false);
    bytes("byte order mark, cut", Verdict.INVALID, new byte[] {(byte) 0xef, (byte) 0xbb}, false);
    for (var name : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE")) {
      bytes(name, Verdict.OPEN, "{\"a\":\"\u00e9\"}".getBytes(Charset.forName(name)), false);
    }
  }
}
