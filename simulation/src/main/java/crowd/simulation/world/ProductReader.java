package crowd.simulation.world;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.JsonText;
import crowd.core.merge.Union;
import crowd.core.merge.Unions;
import crowd.core.message.Message;
import crowd.core.person.People;
import crowd.core.store.Store;
import crowd.core.table.Table;
import crowd.core.timeline.Timeline;
import crowd.core.timeline.TimelineQuery;
import crowd.simulation.oracle.Browser;
import crowd.simulation.oracle.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads through the product's own readers. */
public final class ProductReader implements Reader {

  private final Timeline timeline;
  private final People people;
  private final Table table;
  private final Unions unions;

  public ProductReader(Store store) {
    table = new Table(store);
    unions = new Unions(store);
    timeline = new Timeline(store);
    people = new People(store, timeline);
  }

  @Override
  public List<Shown> timeline(String website, String user) {
    var all = new TimelineQuery(false, null, 1000);
    var shown = new ArrayList<Shown>();
    for (var event : timeline.read(person(website, user), all).events()) {
      var message = event.message();
      shown.add(new Shown(message.timestamp().toEpochMilli(), message.messageId(), label(message)));
    }
    return shown;
  }

  private Union person(String website, String user) {
    return unions.of(table.profile(new WebsiteId(website), new UserId(user)));
  }

  private static String label(Message message) {
    return message.body().object("context").flatMap(context -> context.text("label")).orElse("");
  }

  @Override
  public Map<String, String> traits(String website, String user) {
    var traits = new HashMap<String, String>();
    var values = person(website, user).traits().values();
    values.fields().forEach((name, value) -> traits.put(name, JsonText.write(value)));
    return traits;
  }

  @Override
  public @Nullable String resolve(Browser browser) {
    return people
        .resolve(new WebsiteId(browser.website()), browser.id())
        .map(profile -> profile.user().value())
        .orElse(null);
  }
}
