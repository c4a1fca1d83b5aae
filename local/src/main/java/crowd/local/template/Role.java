package crowd.local.template;

import java.util.List;

/**
 * What a function may ask of AWS.
 *
 * @param name of the resource
 */
public record Role(String name, List<Allowance> allowances) {

  public Role {
    allowances = List.copyOf(allowances);
  }

  public boolean allows(Call call) {
    return allowances.stream().anyMatch(allowance -> allowance.allows(call));
  }
}
