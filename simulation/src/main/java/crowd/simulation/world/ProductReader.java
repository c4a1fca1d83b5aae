package crowd.simulation.world;

import crowd.core.identity.WebsiteId;
import crowd.core.json.JsonText;
import crowd.core.merge.Union;
import crowd.core.message.Message;
import crowd.core.person.People;
import crowd.core.store.Store;
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

  private static final TimelineQuery WHOLE = new TimelineQuery(false, null, 1000);
  private static final Page NOTHING = new Page(Map.of(), List.of());

  private final Timeline timeline;
  private final People people;

  public ProductReader(Store store) {
    timeline = new Timeline(store);
    people = new People(store, timeline);
  }

  @Override
  public Page page(String website, String user) {
    return people
        .person(new WebsiteId(website), user)
        .map(person -> new Page(traits(person), timeline(person)))
        .orElse(NOTHING);
  }

  private List<Shown> timeline(Union person) {
    var shown = new ArrayList<Shown>();
    for (var event : timeline.read(person, WHOLE).events()) {
      var message = event.message();
      shown.add(new Shown(message.timestamp().toEpochMilli(), message.messageId(), label(message)));
    }
    return shown;
  }

  private static String label(Message message) {
    return message.body().object("context").flatMap(context -> context.text("label")).orElse("");
  }

  private static Map<String, String> traits(Union person) {
    var traits = new HashMap<String, String>();
    person
        .traits()
        .values()
        .fields()
        .forEach((name, value) -> traits.put(name, JsonText.write(value)));
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
