package crowd.local.template;

import java.util.List;

/**
 * What a function asks of AWS, as IAM sees it.
 *
 * @param action as IAM names it: {@code dynamodb:GetItem}
 * @param resource by the variable that names it: {@code TABLE_NAME}, {@code TABLE_NAME/index/due},
 *     {@code STREAM_NAME}
 * @param keys partition keys of the items that it is about; none if it is about no items
 */
public record Call(String action, String resource, List<String> keys) {

  public Call {
    keys = List.copyOf(keys);
  }

  @Override
  public String toString() {
    return action + " on " + resource + (keys.isEmpty() ? "" : " of " + String.join(", ", keys));
  }
}
