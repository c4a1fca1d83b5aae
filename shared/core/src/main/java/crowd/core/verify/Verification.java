package crowd.core.verify;

import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a website asks of browsers that name a user.
 *
 * @param secrets those that are live, oldest first: two at most, so that one can be changed for
 *     another while pages still hold hashes of the first
 */
public record Verification(VerificationMode mode, List<VerificationSecret> secrets) {

  /** Secrets that may be live at once. */
  public static final int MAX_SECRETS = 2;

  /** What a website starts with. */
  public static final Verification OFF = new Verification(VerificationMode.OFF, List.of());

  /**
   * @throws IllegalArgumentException if there are too many secrets
   */
  public Verification {
    secrets = List.copyOf(secrets);
    if (secrets.size() > MAX_SECRETS) {
      throw new IllegalArgumentException("more than " + MAX_SECRETS + " live secrets");
    }
  }

  public Verification in(VerificationMode newMode) {
    return new Verification(newMode, secrets);
  }

  public Verification with(VerificationSecret secret) {
    var more = new ArrayList<>(secrets);
    more.add(secret);
    return new Verification(mode, more);
  }

  /** What was proved with the secret is proved no longer. */
  public Verification without(String secretId) {
    return new Verification(
        mode, secrets.stream().filter(secret -> !secret.id().equals(secretId)).toList());
  }

  /**
   * A browser's message, with what it has proved.
   *
   * <p>An identify is proved by the hash alone: a token that could be had for a token would never
   * end. The token that it gets is signed with the secret of its hash, which every instance knows
   * that takes the hash: a newer one may not have got about yet.
   */
  public Sent fromBrowser(WebsiteId website, Message message, Proof proof, Instant now) {
    if (mode == VerificationMode.OFF) {
      return Sent.unproved(message);
    }
    for (var secret : secrets) {
      if (hashes(secret, message, proof)) {
        return new Sent(
            message, Trust.PROVED, session(secret, website, message, now), false, false);
      }
      if (message.type() != MessageType.IDENTIFY && signs(secret, website, message, proof, now)) {
        return new Sent(message, Trust.PROVED, Optional.empty(), false, false);
      }
    }
    return Sent.unproved(message);
  }

  private static Optional<SessionToken> session(
      VerificationSecret secret, WebsiteId website, Message message, Instant now) {
    return session(website, message)
        .filter(_ -> message.type() == MessageType.IDENTIFY)
        .map(session -> SessionToken.sign(secret, session, now));
  }

  private static boolean hashes(VerificationSecret secret, Message message, Proof proof) {
    return message.user().isPresent()
        && proof.userHash().isPresent()
        && UserHash.isRight(proof.userHash().get(), secret.key(), message.user().get());
  }

  private static boolean signs(
      VerificationSecret secret, WebsiteId website, Message message, Proof proof, Instant now) {
    var session = session(website, message);
    var token = proof.sessionToken().flatMap(SessionToken::parse);
    return session.isPresent()
        && token.isPresent()
        && token.get().proves(secret, session.get(), now);
  }

  private static Optional<SessionToken.Session> session(WebsiteId website, Message message) {
    return message
        .anonymous()
        .flatMap(id -> message.user().map(user -> new SessionToken.Session(website, id, user)));
  }

  /**
   * @param retention how long an event is kept while it belongs to nobody
   */
  public Ruling ruling(Sent sent, Duration retention) {
    var message = sent.message();
    if (sent.isFromBot()) {
      return new Ruling.OfBot(message.ofBot(retention));
    }
    if (!sent.isUnproved()) {
      return new Ruling.Passed(message);
    }
    return switch (mode) {
      case OFF -> new Ruling.Passed(message);
      case REPORT -> new Ruling.Reported(message);
      case ENFORCE ->
          message.anonymous().isPresent()
              ? new Ruling.Anonymous(message.withoutUser(retention))
              : new Ruling.Refused();
    };
  }
}
