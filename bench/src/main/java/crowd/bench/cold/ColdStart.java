package crowd.bench.cold;

import crowd.bench.Bench;
import crowd.bench.Root;
import crowd.bench.cloud.Certificate;
import crowd.bench.cloud.CloudStub;
import crowd.bench.cloud.Recording;
import crowd.bench.cloud.Script;
import crowd.bench.handler.Empty;
import crowd.bench.handler.Timed;
import crowd.bench.handler.TimedIdentify;
import crowd.bench.handler.TimedTrack;
import crowd.bench.handler.Unprimed;
import crowd.bench.handler.UnprimedIdentify;
import crowd.bench.handler.UnprimedTrack;
import crowd.bench.report.Bar;
import crowd.bench.report.Figures;
import crowd.bench.report.Goal;
import crowd.bench.report.Result;
import crowd.bench.report.Table;
import crowd.bench.runtime.CpuShare;
import crowd.bench.runtime.Instance;
import crowd.bench.runtime.Packages;
import crowd.bench.runtime.Surroundings;
import crowd.bench.runtime.TaskRoot;
import crowd.functions.identify.IdentifyHandler;
import crowd.functions.track.TrackHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From the start of a process to its first answer: an empty function, the one that most people
 * would write, ours in both packages. The cloud answers at once, over TLS.
 */
public final class ColdStart implements Bench {

  private static final String EMPTY = "empty function";
  private static final String PUT = "typical: one conditional put";
  private static final String TYPICAL = "typical: the calls of track";
  private static final String UNPRIMED = ", jar, not primed";
  private static final String TIMED = ", jar, logs and metrics timed";
  private static final String JAR = ", jar";
  private static final String B = ", package B";
  private static final List<String> OURS = List.of("identify", "track");

  /** Of template.yaml: what the figures with all of a processor are taken with. */
  private static final int MEMORY = 1024;

  private static final int SMALL_MEMORY = 512;

  @Override
  public String name() {
    return "coldstart";
  }

  @Override
  public String about() {
    return "from the start of a process to its first answer";
  }

  @Override
  public int rounds() {
    return 20;
  }

  @Override
  public Result run(int rounds) throws IOException, InterruptedException {
    var certificate = Certificate.in(Root.file("bench/target/certificate"));
    try (var stub = new CloudStub(certificate)) {
      var contestants = contestants(stub, certificate, MEMORY);
      var all = Race.run(stub, contestants, CpuShare.ALL, rounds);
      var tables = new ArrayList<Table>();
      var goals = new ArrayList<Goal>();
      var notes = new ArrayList<String>();
      tables.add(table("Cold start, a whole processor", contestants, all));
      goals.addAll(goals(contestants, all));
      var share = CpuShare.ofMemory(SMALL_MEMORY);
      if (share.isEmpty()) {
        notes.add(
            "The share of a processor that goes with 512 MB was not measured: no control group may be made here.");
        return new Result(tables, goals, notes, bars(contestants, all));
      }
      try (var small = share.get()) {
        var fewer =
            contestants(stub, certificate, SMALL_MEMORY).stream()
                .filter(one -> !one.name().endsWith(UNPRIMED) && !one.name().endsWith(TIMED))
                .toList();
        var race = Race.run(stub, fewer, small, Math.max(3, rounds / 2));
        tables.add(
            table("Cold start, once started with the share of a processor of 512 MB", fewer, race));
        for (var name : OURS) {
          goals.add(ofTypical("coldstart-512mb-" + name + "-jar", race, name + JAR, 0.28));
          if (hasB(fewer)) {
            goals.add(ofTypical("coldstart-512mb-" + name + "-b", race, name + B, 0.12));
          }
        }
      }
      return new Result(tables, goals, notes, bars(contestants, all));
    }
  }

  private static List<Contestant> contestants(CloudStub stub, Certificate certificate, int memory)
      throws IOException, InterruptedException {
    var around = new Surroundings(certificate, stub.port(), memory);
    var folder = Root.file("bench/target/task");
    var empty = TaskRoot.in(folder.resolve("empty")).with(Empty.class).folder();
    var typical = TaskRoot.in(folder.resolve("typical")).unpack(Packages.typicalJar()).folder();
    var ours =
        TaskRoot.in(folder.resolve("functions"))
            .unpack(Packages.functionsJar())
            .withLibraryOfThisProcessor()
            .with(
                UnprimedIdentify.class, UnprimedTrack.class, TimedIdentify.class, TimedTrack.class)
            .with(crowd.bench.handler.Parts.class, Unprimed.class, Timed.class)
            .folder();
    var track = Files.readString(Root.file("events/track.json"));
    var nothing = new Script(Map.of());
    var contestants = new ArrayList<Contestant>();
    contestants.add(
        new Contestant(around.managed(EMPTY, empty, Empty.class.getName()), track, "ok", nothing));
    contestants.add(
        new Contestant(
            around.managed(PUT, typical, "crowd.typical.PutHandler"), track, "200", nothing));
    contestants.add(
        new Contestant(
            around.managed(TYPICAL, typical, "crowd.typical.TrackHandler"), track, "200", nothing));
    for (var name : OURS) {
      var event = Files.readString(Root.file("events/" + name + ".json"));
      var handler =
          name.equals("track") ? TrackHandler.class.getName() : IdentifyHandler.class.getName();
      var word = name.equals("track") ? "Track" : "Identify";
      var jar = around.managed(name + JAR, ours, handler);
      var script =
          Recording.of(
              stub,
              () -> {
                try (var instance = Instance.start(jar, CpuShare.ALL, event)) {
                  instance.firstCall("\"statusCode\":200");
                }
              });
      contestants.add(new Contestant(jar, event, "\"statusCode\":200", script));
      for (var variant : List.of(UNPRIMED, TIMED)) {
        var type =
            "crowd.bench.handler." + (variant.equals(UNPRIMED) ? "Unprimed" : "Timed") + word;
        contestants.add(
            new Contestant(
                around.managed(name + variant, ours, type),
                event,
                "\"statusCode\":200",
                // By the first of each the others warm up.
                variant.equals(UNPRIMED)
                    ? script.withoutFirst("Query").withoutFirst("BatchGetItem")
                    : script));
      }
      if (Files.exists(Packages.nativeJvm().resolve("bootstrap"))) {
        contestants.add(
            new Contestant(
                around.provided(
                    name + B,
                    Packages.nativeJvm(),
                    handler,
                    Map.of("CROWD_JAVA_OPTIONS", "-XX:AOTMode=on")),
                event,
                "\"statusCode\":200",
                script));
      }
    }
    return contestants;
  }

  private static boolean hasB(List<Contestant> contestants) {
    return contestants.stream().anyMatch(one -> one.name().endsWith(B));
  }

  private static List<Goal> goals(List<Contestant> contestants, Race race) {
    var goals = new ArrayList<Goal>();
    for (var name : OURS) {
      goals.add(ofEmpty("coldstart-" + name + "-jar", race, name + JAR, 8.5));
      if (hasB(contestants)) {
        goals.add(ofEmpty("coldstart-" + name + "-b", race, name + B, 3.3));
        goals.add(ofTypical("coldstart-" + name + "-b-of-typical", race, name + B, 0.26));
      }
      goals.add(
          new Goal("coldstart-" + name + "-logs", race.reporting(name + TIMED), "ms-in-all", 3));
    }
    return goals;
  }

  private static Goal ofEmpty(String name, Race race, String whose, double limit) {
    return new Goal(name, race.ratio(whose, EMPTY), "x-empty", limit);
  }

  /** Of the one that does as much: what makes fewer calls is no measure for more of them. */
  private static Goal ofTypical(String name, Race race, String whose, double limit) {
    return new Goal(name, race.ratio(whose, TYPICAL), "of-typical", limit);
  }

  private static Table table(String title, List<Contestant> contestants, Race race) {
    var rows = new ArrayList<List<String>>();
    for (var one : contestants) {
      var name = one.name();
      rows.add(
          List.of(
              name,
              Figures.of(race.total(name)),
              Figures.of(race.spread(name)),
              Figures.of(race.init(name)),
              Figures.of(race.call(name)),
              Figures.of(race.cpu(name)),
              Figures.of(race.ratio(name, EMPTY)),
              Figures.of(race.ratio(name, TYPICAL)),
              Figures.of(race.ratio(name, PUT))));
    }
    return new Table(
        title,
        List.of(
            "",
            "first answer, ms",
            "middle half, ms",
            "init, ms",
            "first call, ms",
            "processor, ms",
            "x empty",
            "of typical",
            "of typical, one put"),
        rows);
  }

  private static List<Bar> bars(List<Contestant> contestants, Race race) {
    return contestants.stream()
        .filter(one -> !one.name().endsWith(TIMED))
        .map(one ->
            new Bar("Cold start, ms to the first answer", one.name(), race.total(one.name())))
        .toList();
  }
}
