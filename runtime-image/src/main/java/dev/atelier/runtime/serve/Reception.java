package dev.atelier.runtime.serve;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.safety.PromptNote;
import dev.atelier.stage.PromptInput.Prompt;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts requests: checks everything that can be known before drawing, then keeps them. */
final class Reception {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /** More are not kept waiting. */
  private static final int MOST_WAITING = 1000;

  private final ServeContext context;
  private final ServedModel model;
  private final RequestStore store;
  private final ServeMeters meters;
  private final Bell bell;
  private final OrderForm form;
  private final SecureRandom random = new SecureRandom();

  Reception(
      ServeContext context, ServedModel model, RequestStore store, ServeMeters meters, Bell bell) {
    this.context = context;
    this.model = model;
    this.store = store;
    this.meters = meters;
    this.bell = bell;
    this.form = new OrderForm(model.name(), model.terms(), () -> random.nextInt(Integer.MAX_VALUE));
  }

  /** What requests are read by. */
  OrderForm form() {
    return form;
  }

  /**
   * Accepts a request; it is durable when this returns.
   *
   * @param reading makes an order of its fields
   * @throws RequestProblem if it is refused
   */
  Accepted accept(Api api, Call call, BiFunction<OrderForm, AskedFields, Order> reading)
      throws IOException {
    try {
      var asked = call.asked();
      var order = reading.apply(form, asked.fields());
      var advised = reviewed(order);
      model.admit(order, asked.picture());
      return kept(api, order, advised, asked.picture());
    } catch (RequestProblem e) {
      meters.ended(api, "Refused");
      throw e;
    }
  }

  private Accepted kept(Api api, Order order, List<String> advised, Optional<byte[]> picture) {
    if (context.stop().requested()) {
      throw RequestProblem.unavailable("this replica is stopping; ask again");
    }
    if (store.waiting().size() >= MOST_WAITING) {
      throw RequestProblem.tooMany(
          "%d requests wait already; ask again later".formatted(MOST_WAITING));
    }
    var now = context.clock().instant();
    var id = RequestId.of(api, now, random.nextLong()).text();
    var accepted =
        new Accepted(
            id,
            model.name(),
            now,
            order,
            picture.map(any -> store.folder(id) + "/first-frame").orElse(null),
            advised);
    store.accept(accepted, picture);
    advised.forEach(note -> LOG.warn("{}: {}", id, note));
    bell.ring();
    return accepted;
  }

  private List<String> reviewed(Order order) {
    try {
      return context
          .prompts()
          .check(List.of(new Prompt("prompt", order.prompt(), order.negative())))
          .stream()
          .map(PromptNote::reason)
          .toList();
    } catch (StageFailure.BadInput e) {
      throw RequestProblem.contentPolicy(String.valueOf(e.getMessage()));
    }
  }
}
