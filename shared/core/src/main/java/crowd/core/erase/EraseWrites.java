package crowd.core.erase;

import crowd.core.directory.DirectoryEntries;
import crowd.core.merge.Union;
import crowd.core.profile.Link;
import crowd.core.store.Write;
import crowd.core.table.EraseJobRow;
import crowd.core.table.ProfileRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What erases users for readers: to be written in one transaction. */
final class EraseWrites {

  private EraseWrites() {}

  /**
   * @param members of one person, as they were read
   * @return of each the tombstone, and the job that does the rest
   */
  static List<Write> of(List<Union.Member> members, Instant at) {
    var writes = new ArrayList<Write>();
    for (var member : members) {
      var profile = member.profile();
      writes.add(ProfileRow.write(profile.erasedAt(at)));
      writes.add(
          EraseJobRow.write(
              EraseJob.begin(
                  profile.website(),
                  profile.user(),
                  at,
                  profile.revision() + 1,
                  member.links().stream().map(Link::anonymousId).toList(),
                  DirectoryEntries.searched(profile))));
    }
    return writes;
  }
}
