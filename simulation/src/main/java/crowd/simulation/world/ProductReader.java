package crowd.simulation.world;

import crowd.core.identity.WebsiteId;
import crowd.core.json.JsonText;
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

  private final Timeline timeline;
  private final People people;

  public ProductReader(Store store) {
    timeline = new Timeline(store);
    people = new People(store, timeline);
  }

  @Override
  public List<Shown> timeline(String website, String user) {
    var all = new TimelineQuery(false, null, 1000);
    var shown = new ArrayList<Shown>();
    var person = people.person(new WebsiteId(website), user);
    if (person.isEmpty()) {
      return List.of();
    }
    for (var event : timeline.read(person.get(), all).events()) {
      var message = event.message();
      shown.add(new Shown(message.timestamp().toEpochMilli(), message.messageId(), label(message)));
    }
    return shown;
  }

  private static String label(Message message) {
    return message.body().object("context").flatMap(context -> context.text("label")).orElse("");
  }

  @Override
  public Map<String, String> traits(String website, String user) {
    var traits = new HashMap<String, String>();
    people
        .person(new WebsiteId(website), user)
        .ifPresent(person ->
            person
                .traits()
                .values()
                .fields()
                .forEach((name, value) -> traits.put(name, JsonText.write(value))));
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
