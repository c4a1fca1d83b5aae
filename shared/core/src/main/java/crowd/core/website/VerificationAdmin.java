package crowd.core.website;

import crowd.core.identity.WebsiteId;
import crowd.core.store.StoreUnavailableException;
import crowd.core.verify.Verification;
import crowd.core.verify.VerificationMode;
import crowd.core.verify.VerificationSecret;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes how a website has its users verified: its mode, and its secrets one for another. In force
 * everywhere after {@link Websites#MAX_AGE}.
 *
 * <p>Every method throws {@link StoreUnavailableException} if the store did not come to a known
 * end.
 */
public final class VerificationAdmin {

  /** The id of a secret, and 190 bits that nobody guesses. */
  private static final int SECRET_LENGTH = 8 + 32;

  private final WebsiteAdmin websites;

  public VerificationAdmin(WebsiteAdmin websites) {
    this.websites = websites;
  }

  /** How a change ended. Nothing is changed but by the first two. */
  public sealed interface Outcome {

    record Changed(Verification now) implements Outcome {}

    /**
     * @param secret its text goes to the website's servers; it is not shown again
     */
    record Created(Verification now, VerificationSecret secret) implements Outcome {}

    /** As many secrets are live as there may be: one has to be retired first. */
    record TooManySecrets() implements Outcome {}

    /** No browser could prove anything: verification needs a secret, or has to be off. */
    record NeedsSecret() implements Outcome {}

    record NoSuchSecret() implements Outcome {}

    record NoSuchWebsite() implements Outcome {}
  }

  /** Says what happens to what is not proved. */
  public Outcome turn(WebsiteId id, VerificationMode mode) {
    return change(
        id,
        before ->
            mode != VerificationMode.OFF && before.secrets().isEmpty()
                ? new Outcome.NeedsSecret()
                : new Outcome.Changed(before.in(mode)));
  }

  /** Makes one more secret. What is proved with the other is proved still. */
  public Outcome createSecret(WebsiteId id) {
    var secret = VerificationSecret.of(VerificationSecret.PREFIX + RandomText.of(SECRET_LENGTH));
    return change(
        id,
        before ->
            before.secrets().size() >= Verification.MAX_SECRETS
                ? new Outcome.TooManySecrets()
                : new Outcome.Created(before.with(secret), secret));
  }

  /** Takes a secret out of use, for good. What was proved with it is proved no longer. */
  public Outcome retireSecret(WebsiteId id, String secretId) {
    return change(
        id,
        before -> {
          var after = before.without(secretId);
          if (after.equals(before)) {
            return new Outcome.NoSuchSecret();
          }
          return after.secrets().isEmpty() && after.mode() != VerificationMode.OFF
              ? new Outcome.NeedsSecret()
              : new Outcome.Changed(after);
        });
  }

  private Outcome change(WebsiteId id, Function<Verification, Outcome> decide) {
    return websites
        .change(
            id, website -> new Step(website, decide.apply(website.verification())), Step::wanted)
        .map(Step::outcome)
        .orElse(new Outcome.NoSuchWebsite());
  }

  private record Step(Website website, Outcome outcome) {

    Optional<Website> wanted() {
      return switch (outcome) {
        case Outcome.Changed(var now) -> Optional.of(website.with(now));
        case Outcome.Created(var now, _) -> Optional.of(website.with(now));
        case Outcome.TooManySecrets _,
            Outcome.NeedsSecret _,
            Outcome.NoSuchSecret _,
            Outcome.NoSuchWebsite _ ->
            Optional.empty();
      };
    }
  }
}
