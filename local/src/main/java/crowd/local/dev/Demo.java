package crowd.local.dev;

import crowd.core.identity.WebsiteId;
import crowd.core.website.KeyText;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import java.util.List;
import java.util.Set;

/** The website that every local run has, with keys that everybody knows. */
public final class Demo {

  public static final String WEBSITE = "demo";
  public static final String SERVER_KEY = "sk_demo_local";
  public static final String READ_KEY = "rk_demo_local";

  private Demo() {}

  /** Adds what is not there. What somebody changed or revoked stays as it is. */
  public static void addTo(WebsiteAdmin admin) {
    admin.add(Website.starting(new WebsiteId(WEBSITE), Set.of(Website.LOOPBACK)));
    for (var key : List.of(SERVER_KEY, READ_KEY)) {
      admin.addKey(KeyText.parse(key).orElseThrow());
    }
  }
}
