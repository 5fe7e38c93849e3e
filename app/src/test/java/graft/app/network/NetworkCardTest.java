package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.task.TaskViews;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCardTest {
    /** Several tasks come along with MiniLM. */
    @Test
    void aNetworkThatSeveralTasksComeWithIsOfferedOnce() {
        List<NetworkCard> all = TaskViews.own().stream()
                .map(view -> new NetworkCard(view.text("network"), view.text("network.says"), view.network()))
                .toList();
        List<NetworkCard> once = NetworkCard.once(all);
        assertThat(all).hasSizeGreaterThan(once.size());
        assertThat(once).extracting(NetworkCard::name).doesNotHaveDuplicates().hasSize((int)
                all.stream().map(NetworkCard::name).distinct().count());
        assertThat(once.get(0)).isEqualTo(all.get(0));
    }
}
