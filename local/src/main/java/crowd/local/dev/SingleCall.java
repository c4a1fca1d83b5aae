package crowd.local.dev;

import crowd.core.store.Store;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.website.WebsiteAdmin;
import crowd.local.function.Invocation;
import crowd.local.function.LocalFunctions;
import crowd.local.template.FunctionResource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Calls one function once: on the table of the run that has the data folder, or else on an empty
 * one in memory with the website of {@link Demo}. What the function puts on the stream is consumed
 * before it answers.
 */
public final class SingleCall {

  private SingleCall() {}

  /**
   * @param event JSON
   */
  public static Invocation of(FunctionResource function, String event, Path data)
      throws IOException {
    var address = DataFolder.address(data);
    if (address.isEmpty()) {
      var store = new InMemoryStore();
      Demo.addTo(new WebsiteAdmin(store, InstantSource.system()));
      return call(function, event, store);
    }
    try (var table = LocalTable.at(address.get())) {
      return call(function, event, table.store());
    }
  }

  private static Invocation call(FunctionResource function, String event, Store store) {
    return LocalFunctions.of(function, DirectWiring.on(store)).invoke(event);
  }
}
