package crowd.simulation.explore;

import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import java.util.ArrayList;
import java.util.List;

/** What happens, for people: a line for each step. */
final class Told {

  private static final List<String> TELLING =
      List.of("rev", "epoch", "owner", "copies", "phase", "merged_into");

  private final List<String> lines = new ArrayList<>();

  List<String> lines() {
    return List.copyOf(lines);
  }

  void add(String what) {
    lines.add(what);
  }

  void step(Place at, Reply reply, String more) {
    lines.add(at.program().name() + ": " + call(at.call()) + more + reply(reply));
  }

  static String call(Call call) {
    return switch (call) {
      case Call.Get(var key) -> "get " + key(key);
      case Call.Read(var query) -> "query " + query.pk() + " " + query.from();
      case Call.ReadIndex(var query) -> "index " + query.hash();
      case Call.Change(var write) -> write(write);
      case Call.Transact(var writes) ->
          "transact " + writes.stream().map(write -> key(write.key())).toList();
      case Call.Append _ -> "append";
      case Call.BackOff _ -> "back off";
      case Call.End(var answer) -> "answers " + answer.words();
    };
  }

  private static String key(Key key) {
    return key.pk() + " " + key.sk();
  }

  static String write(Write write) {
    return switch (write) {
      case Write.Put(var item, Condition.Always()) -> "put " + key(item.key()) + row(item);
      case Write.Put(var item, var condition) ->
          "put " + key(item.key()) + row(item) + " if " + condition;
      case Write.Delete(var key, var condition) -> "delete " + key(key) + " if " + condition;
    };
  }

  private static String reply(Reply reply) {
    return switch (reply) {
      case Reply.Found(var item) -> item == null ? " -> nothing" : " ->" + row(item);
      case Reply.Paged(var page) ->
          " -> " + page.items().stream().map(item -> item.key().sk()).toList();
      case Reply.Indexed(var page) ->
          " -> " + page.entries().stream().map(entry -> key(entry.key())).toList();
      case Reply.Ended(var outcome) -> " -> " + outcome.getClass().getSimpleName();
      case Reply.Appended(var outcome) -> " -> " + outcome.getClass().getSimpleName();
      case Reply.Unanswered _ -> " -> no answer";
      case Reply.Resumed _ -> "";
    };
  }

  private static String row(Item item) {
    var text = new StringBuilder();
    for (var name : TELLING) {
      if (item.attributes().containsKey(name)) {
        text.append(' ').append(name).append('=');
        text.append(item.text(name).orElseGet(() -> Long.toString(item.whole(name).orElse(0))));
      }
    }
    return text.toString();
  }
}
