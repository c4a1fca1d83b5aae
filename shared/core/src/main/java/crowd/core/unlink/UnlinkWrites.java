package crowd.core.unlink;

import crowd.core.identity.Alias;
import crowd.core.profile.Profile;
import crowd.core.store.Write;
import crowd.core.table.AliasRow;
import crowd.core.table.JobRow;
import crowd.core.table.LinkRow;
import crowd.core.table.ProfileRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What takes an anonymous id from its owner: to be written in one transaction. */
public final class UnlinkWrites {

  private UnlinkWrites() {}

  /**
   * @param linked the alias as it was read, with an owner
   * @param released its next state, without one
   * @param owner the owner's profile as it was read
   * @return the alias, the profile, the link, and the job that takes the copies back
   */
  public static List<Write> of(Alias linked, Alias released, Profile owner, Instant now) {
    var job = UnlinkJob.begin(linked.website(), owner.user(), linked.id(), released.epoch(), now);
    var writes = new ArrayList<Write>();
    writes.add(AliasRow.write(released));
    writes.add(LinkRow.delete(linked.website(), owner.user(), linked.id()));
    writes.add(JobRow.write(job));
    // The link may have been half visible: then the profile, or what was made of a tombstone, is
    // there by now, and counts it.
    writes.add(
        owner.revision() == 0 ? ProfileRow.stayAbsent(owner) : ProfileRow.write(owner.unlinked()));
    return writes;
  }
}
