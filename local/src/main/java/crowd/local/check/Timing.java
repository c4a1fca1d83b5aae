package crowd.local.check;

import crowd.core.identity.WebsiteId;
import crowd.core.store.Units;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.website.KeyRole;
import crowd.core.website.KeyText;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.core.website.Websites;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * What a caller learns from how a key is refused: every route answers a key that is missing,
 * malformed, unknown, wrong or revoked with the same body, after reads of the same units, and the
 * check takes as long for each. Size: rounds in which each kind is timed once.
 *
 * <p>Times are compared within a round, one after the other in random order, and by their medians:
 * what else the machine does lies on all of them alike. A key check that does one hash too many has
 * to be told from the others in the same run, or the comparison says nothing.
 */
final class Timing implements Check {

  private static final WebsiteId SHOP = new WebsiteId("shop");

  /** Calls timed together: one alone is shorter than the clock can say. */
  private static final int CALLS = 16;

  /** How many standard deviations a difference of signs may have; chance alone: 1 in 100,000. */
  private static final double SIGNS = 4.5;

  /** What two kinds that go the same way may differ by, of the whole. */
  private static final double SAME = 0.05;

  private static final List<String> PATHS =
      List.of("/identify", "/track", "/reset", "/batch", "/alias", "/users/u/unlink", "/users");

  private static final List<String> OTHER_CLIENTS =
      List.of("/v1/identify", "/v1/track", "/v1/batch", "/beacon/v1/batch", "/api/s/track");

  private final List<String> wrong = new ArrayList<>();
  private int compared;

  @Override
  public String name() {
    return "timing";
  }

  @Override
  public String about() {
    return "keys missing, malformed, unknown, wrong, revoked: told apart by answer, reads or time";
  }

  @Override
  public long ciSize() {
    return 20_000;
  }

  @Override
  public Figure run(long size) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("timing: -Dseed=" + seed);
    compareAnswers();
    compareTimes(new SplittableRandom(seed), size);
    wrong.forEach(line -> System.err.println("timing: " + line));
    return new Figure(wrong.size() + "/" + compared, "differences", wrong.isEmpty());
  }

  /** Keys by the way in which they open nothing. */
  private static Map<String, String> bad(String good, String revoked) {
    var keys = new LinkedHashMap<String, String>();
    keys.put("missing", "");
    keys.put("malformed", "x".repeat(good.length()));
    keys.put("unknown", "sk_shop_" + "0".repeat(40));
    keys.put("wrong in the first place", changed(good, "sk_shop_".length() + 8));
    keys.put("wrong in the last place", changed(good, good.length() - 1));
    keys.put("revoked", revoked);
    return keys;
  }

  private static String changed(String key, int at) {
    return key.substring(0, at) + (key.charAt(at) == '0' ? '1' : '0') + key.substring(at + 1);
  }

  private void compareAnswers() {
    try (var run = InMemoryRun.start()) {
      var admin = run.websites();
      admin.add(Website.starting(SHOP, Set.of()));
      var good = admin.createKey(SHOP, KeyRole.SERVER).orElseThrow();
      var revoked = admin.createKey(SHOP, KeyRole.SERVER).orElseThrow();
      admin.revokeKey(SHOP, revoked.id());
      var keys = bad(good.reveal(), revoked.reveal());
      for (var age : List.of(Websites.MAX_AGE, Duration.ZERO, Websites.MIN_AGE)) {
        for (var path : PATHS) {
          compare(run, path, keys, age, request -> request);
        }
        for (var path : OTHER_CLIENTS) {
          compare(run, path, keys, age, Timing::asBasic);
        }
      }
    }
  }

  private record Told(int status, String body, Units units) {}

  /**
   * @param age of what the functions remember of the website
   * @param carried how the key is sent, if not in its own header
   */
  private void compare(
      InMemoryRun run,
      String path,
      Map<String, String> keys,
      Duration age,
      UnaryOperator<HttpRequest> carried) {
    var told = new HashSet<Told>();
    keys.forEach((name, key) -> {
      // All are known before, so that each begins alike.
      run.send(carried.apply(request(run, path, key)));
      run.pass(age);
      var before = run.units();
      var response = run.send(carried.apply(request(run, path, key)));
      var one = new Told(response.statusCode(), response.body(), run.units().minus(before));
      double reads = age.isZero() ? 0 : 1;
      compared++;
      told.add(one);
      if (told.size() > 1 || one.status() != 401 || one.units().reads() != reads) {
        wrong.add("%s of a key that is %s, after %s: %s".formatted(path, name, age, one));
      }
    });
  }

  private static HttpRequest request(InMemoryRun run, String path, String key) {
    var request = HttpRequest.newBuilder(URI.create(run.address() + path));
    if (!path.equals("/users")) {
      request.POST(HttpRequest.BodyPublishers.ofString("{\"userId\":\"u\"}"));
    }
    return key.isEmpty() ? request.build() : request.header("X-Crowd-Key", key).build();
  }

  private static HttpRequest asBasic(HttpRequest request) {
    var key = request.headers().firstValue("X-Crowd-Key");
    var builder =
        HttpRequest.newBuilder(request, (name, _) -> !name.equalsIgnoreCase("X-Crowd-Key"));
    key.ifPresent(text ->
        builder.header(
            "Authorization",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((text + ":").getBytes(StandardCharsets.US_ASCII))));
    return builder.build();
  }

  /** Makes another key of its kind each time: none is timed by where it happens to lie. */
  private interface Kind {
    String next(SplittableRandom random);
  }

  private static final String LEAKY = "one hash too many";

  private void compareTimes(SplittableRandom random, long rounds) {
    var store = new InMemoryStore();
    var clock = InstantSource.fixed(Instant.EPOCH);
    var admin = new WebsiteAdmin(store, clock);
    admin.add(Website.starting(SHOP, Set.of()));
    var good = admin.createKey(SHOP, KeyRole.SERVER).orElseThrow().reveal();
    var revoked = admin.createKey(SHOP, KeyRole.SERVER).orElseThrow();
    admin.revokeKey(SHOP, revoked.id());
    var kinds = new LinkedHashMap<String, Kind>();
    int secret = "sk_shop_".length() + 8;
    kinds.put("wrong in the first place", from -> with(good, secret, from));
    kinds.put("wrong in the last place", from -> with(good, good.length() - 1, from));
    kinds.put("unknown", from -> with(good, secret - 1, from));
    kinds.put("revoked and wrong", from -> with(revoked.reveal(), secret, from));
    kinds.put("malformed", from -> with("x".repeat(good.length()), secret, from));
    kinds.put("missing", _ -> "");
    kinds.put(LEAKY, from -> with(good, secret, from));
    var websites = new Websites(store, clock);
    var names = List.copyOf(kinds.keySet());
    measure(websites, kinds, names, random, Math.max(1, rounds / 4));
    judge(names, measure(websites, kinds, names, random, rounds));
  }

  private static String with(String key, int at, SplittableRandom random) {
    char other;
    do {
      other = (char) ('a' + random.nextInt(26));
    } while (other == key.charAt(at));
    return key.substring(0, at) + other + key.substring(at + 1);
  }

  /** Nanoseconds of each round, by kind. */
  private static long[][] measure(
      Websites websites,
      Map<String, Kind> kinds,
      List<String> names,
      SplittableRandom random,
      long rounds) {
    var nanos = new long[names.size()][Math.toIntExact(rounds)];
    var order = new ArrayList<Integer>();
    for (int i = 0; i < names.size(); i++) {
      order.add(i);
    }
    for (int round = 0; round < rounds; round++) {
      Collections.shuffle(order, new Random(random.nextLong()));
      for (int kind : order) {
        var name = names.get(kind);
        var keys = new String[CALLS];
        for (int i = 0; i < CALLS; i++) {
          keys[i] = Objects.requireNonNull(kinds.get(name)).next(random);
        }
        nanos[kind][round] = timed(websites, keys, name.equals(LEAKY));
      }
    }
    return nanos;
  }

  private static long timed(Websites websites, String[] keys, boolean isLeaky) {
    int opened = 0;
    long began = System.nanoTime();
    for (var key : keys) {
      if (isLeaky) {
        opened += KeyText.parse(key).orElseThrow().hash().isEmpty() ? 1 : 0;
      }
      opened += websites.grant(key).isPresent() ? 1 : 0;
    }
    long took = System.nanoTime() - began;
    if (opened > 0) {
      throw new IllegalStateException("a key that is none opened something");
    }
    return took;
  }

  private void judge(List<String> names, long[][] nanos) {
    double base = median(nanos[0]) / CALLS;
    double hash = median(nanos[names.indexOf(LEAKY)]) / CALLS - base;
    for (int kind = 1; kind < names.size(); kind++) {
      double more = median(nanos[kind]) / CALLS - base;
      double signs = signs(nanos[0], nanos[kind]);
      compared++;
      System.err.printf(
          "timing: %-26s %+7.0f ns of %.0f, signs %+.1f%n", names.get(kind), more, base, signs);
      boolean isTold =
          switch (names.get(kind)) {
            // The same way in the code: nothing but chance may tell them apart.
            case "wrong in the last place" ->
                Math.abs(signs) > SIGNS && Math.abs(more) > SAME * base;
            // Ways that part for some instructions; one hash is what nobody sees from outside.
            case LEAKY -> !(signs > SIGNS && more > 0);
            default -> Math.abs(more) > hash;
          };
      if (isTold) {
        wrong.add(
            names.get(kind).equals(LEAKY)
                ? "a check with one hash too many is not told from the others: the times say nothing"
                : "%s is told from wrong by %.0f ns".formatted(names.get(kind), more));
      }
    }
  }

  private static double median(long[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Of the rounds' differences, in standard deviations of a fair coin. */
  private static double signs(long[] a, long[] b) {
    long sum = 0;
    long unequal = 0;
    for (int i = 0; i < a.length; i++) {
      int sign = Long.compare(b[i], a[i]);
      sum += sign;
      unequal += Math.abs(sign);
    }
    return unequal == 0 ? 0 : sum / Math.sqrt((double) unequal);
  }
}
