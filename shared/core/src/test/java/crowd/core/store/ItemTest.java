package crowd.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemTest {

  private static final Key KEY = new Key("pk", "sk");

  @Test
  void building_inAnyOrder_isTheSameAsOneByOne() {
    var random = new Random(1);
    for (int size = 0; size < 50; size++) {
      // given: some of them twice, some without a value
      var one = Item.at(KEY);
      var building = Item.building(KEY);
      for (int i = 0; i < size; i++) {
        var name = "a" + random.nextInt(40);
        var text = random.nextInt(4) == 0 ? null : "v" + i;
        if (text != null) {
          one = one.with(name, text);
        }
        building.with(name, text);
        one = one.with("n" + name, (long) i);
        building.with("n" + name, (long) i);
      }
      // then
      assertEquals(one, building.item());
      assertEquals(
          List.copyOf(one.attributes().keySet()),
          List.copyOf(building.item().attributes().keySet()));
    }
  }

  @Test
  void building_isInTheOrderOfTheNames() {
    // given
    var item =
        Item.building(KEY)
            .with("c", "1")
            .with("a", 2L)
            .withAll(Map.of("b", new Attribute.Text("3"), "a", new Attribute.Text("4")))
            .item();
    // then
    var told = new ArrayList<String>();
    item.attributes().forEach((name, value) -> told.add(name + "=" + value));
    assertEquals(List.of("a=Text[value=4]", "b=Text[value=3]", "c=Text[value=1]"), told);
  }
}
