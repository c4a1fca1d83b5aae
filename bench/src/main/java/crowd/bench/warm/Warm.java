package crowd.bench.warm;

import crowd.bench.Bench;
import crowd.bench.Root;
import crowd.bench.handler.RawIdentify;
import crowd.bench.handler.RawTrack;
import crowd.bench.report.Figures;
import crowd.bench.report.Goal;
import crowd.bench.report.Result;
import crowd.bench.report.Table;
import crowd.bench.warm.Contest.Outcome;
import crowd.functions.identify.IdentifyHandler;
import crowd.functions.track.TrackHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Processor time of a call, held against the same calls of the SDK in an empty function. */
public final class Warm implements Bench {

  private static final int CALLS = 1_000;
  private static final double LIMIT = 1.4;

  @Override
  public String name() {
    return "warm";
  }

  @Override
  public String about() {
    return "processor time of a call, to the same calls of the SDK alone";
  }

  @Override
  public int rounds() {
    return 10;
  }

  @Override
  public Result run(int rounds) throws IOException, InterruptedException {
    try (var contest = new Contest(RawIdentify.class, RawTrack.class)) {
      var goals = new ArrayList<Goal>();
      var rows = new ArrayList<List<String>>();
      var identify =
          contest.run(
              IdentifyHandler.class,
              RawIdentify.class,
              Files.readString(Root.file("events/identify.json")),
              "\"statusCode\":200",
              rounds,
              CALLS,
              true);
      var track =
          contest.run(
              TrackHandler.class,
              RawTrack.class,
              Files.readString(Root.file("events/track.json")),
              "\"statusCode\":200",
              rounds,
              CALLS,
              true);
      add("identify", identify, goals, rows);
      add("track", track, goals, rows);
      return new Result(
          List.of(
              new Table(
                  "Processor time of a warm call",
                  List.of("", "ours, ms", "raw calls, ms", "ratio", "calls of the cloud"),
                  rows)),
          goals,
          List.of(
              "The identify changes nothing: the third of the same. Raw calls: an empty function that makes the same calls with the SDK."),
          List.of());
    }
  }

  private static void add(String name, Outcome outcome, List<Goal> goals, List<List<String>> rows) {
    rows.add(
        List.of(
            name,
            Figures.of(outcome.ours()),
            Figures.of(outcome.floor()),
            Figures.of(outcome.ratio()),
            outcome.operations()));
    goals.add(new Goal("warm-" + name, outcome.ratio(), "x-raw", LIMIT));
  }
}
