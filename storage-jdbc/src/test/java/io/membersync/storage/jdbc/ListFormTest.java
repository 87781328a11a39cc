package io.membersync.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Lists in a column are read as people write them, and every list comes back as it went in. */
class ListFormTest {

    @Test
    void usualListsStandThereAsTheyAre() {
        assertThat(ListForm.item("PEER_MENTOR@u_12")).isEqualTo("PEER_MENTOR@u_12");
        assertThat(ListForm.marked("u_12")).isEqualTo("u_12*");
    }

    @Test
    void handWrittenListsAreUnderstood() {
        assertThat(ListForm.read(" u_12* , u_7,, u_9 "))
                .containsExactly(
                        new ListForm.Item("u_12", true),
                        new ListForm.Item("u_7", false),
                        new ListForm.Item("u_9", false));
        assertThat(ListForm.read("")).isEmpty();
    }

    @Test
    void everyListComesBackAsItWentIn() {
        long seed = 20311117;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            List<ListForm.Item> items = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                items.add(new ListForm.Item(text(random), random.nextBoolean()));
            }
            String text = items.stream()
                    .map(item -> item.marked() ? ListForm.marked(item.text()) : ListForm.item(item.text()))
                    .collect(Collectors.joining(","));

            assertThat(ListForm.read(text))
                    .as("seed %d, round %d: %s", seed, round, text)
                    .isEqualTo(items);
        }
    }

    private static String text(Random random) {
        String alphabet = "a,*\\ e\tå";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
