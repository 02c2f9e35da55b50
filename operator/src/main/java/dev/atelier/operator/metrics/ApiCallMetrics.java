package dev.atelier.operator.metrics;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Times every request of a client; watches have no end that could be timed. */
public final class ApiCallMetrics implements Interceptor {

  /** Name under which a client knows the interceptor. */
  public static final String NAME = "atelier-metrics";

  /**
   * Carries the start to the end of a request. The client copies a request after {@link #before}
   * and gives the copy another id, so that nothing else ties the two together.
   */
  private static final String STARTED = "Atelier-Started";

  private final Meters meters;
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public ApiCallMetrics(MeterRegistry registry, LongSupplier nanoTime) {
    this.meters = new Meters(registry);
    this.nanoTime = nanoTime;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (call(request).isPresent()) {
      builder.setHeader(STARTED, Long.toString(nanoTime.getAsLong()));
    }
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    ended(request, response.code());
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    ended(request, 0);
  }

  private void ended(HttpRequest request, int code) {
    var start = request.header(STARTED);
    if (start == null) {
      return;
    }
    var duration = Duration.ofNanos(nanoTime.getAsLong() - Long.parseLong(start));
    call(request)
        .ifPresent(
            call ->
                meters.record(
                    OperatorMetric.API_CALLS,
                    duration,
                    call.verb(),
                    call.resource(),
                    Integer.toString(code)));
  }

  private static Optional<ApiCall> call(HttpRequest request) {
    var uri = request.uri();
    return ApiCall.of(
            request.method(), uri.getPath(), Objects.requireNonNullElse(uri.getQuery(), ""))
        .filter(call -> !call.verb().equals("watch"));
  }
}
