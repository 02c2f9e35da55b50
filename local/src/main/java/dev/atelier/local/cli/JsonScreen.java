package dev.atelier.local.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints one JSON object per change, for machines. */
final class JsonScreen implements Screen {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Console console;
  private final Clock clock;
  private final Map<String, ObjectNode> last = new HashMap<>();

  JsonScreen(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public void show(List<Resource> resources) {
    for (var resource : resources) {
      var event = event(resource);
      if (!event.equals(last.put(resource.title(), event))) {
        print(event.deepCopy());
      }
    }
  }

  @Override
  public void say(String line) {
    print(JSON.createObjectNode().put("type", "message").put("message", line));
  }

  private ObjectNode event(Resource resource) {
    var event =
        JSON.createObjectNode()
            .put("type", "progress")
            .put("kind", resource.kind())
            .put("name", resource.name())
            .put("outcome", Outcome.of(resource).title());
    resource
        .condition("Ready")
        .ifPresent(c -> event.put("reason", c.reason()).put("message", c.message()));
    if (resource.status().path("progress").isObject()) {
      event.set("progress", resource.status().path("progress"));
    }
    return event;
  }

  private void print(ObjectNode event) {
    console.say(event.put("time", clock.instant().toString()).toString());
  }
}
