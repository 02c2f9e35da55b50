package dev.atelier.runtime.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replica of a served model: it answers over HTTP, and draws what it or another one accepted. */
public final class ModelService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final Worker worker;
  private final Bell bell;
  private final ApiServer server;

  private ModelService(Worker worker, Bell bell, ApiServer server) {
    this.worker = worker;
    this.bell = bell;
    this.server = server;
  }

  /**
   * Begins to answer.
   *
   * @param model loaded, and closed by the caller after the service
   */
  public static ModelService start(
      ServeContext context, ServedModel model, InetSocketAddress address) throws IOException {
    var bell = new Bell();
    var meters = new ServeMeters(context.meters());
    var store = new RequestStore(context.store(), context.prefix());
    var queue = new RequestQueue(context, store, meters, UUID.randomUUID().toString());
    var worker = new Worker(context, model, store, queue, bell);
    var reception = new Reception(context, model, store, meters, bell);
    var routes =
        new Routes(
            context,
            model,
            reception,
            new VideosApi(context, reception, store, worker),
            new ImagesApi(context, reception, store, bell));
    var server = ApiServer.start(address, routes);
    var apis = context.apis().stream().map(Api::title).sorted().collect(Collectors.joining(", "));
    LOG.info("serving {} as {} at port {}", apis, model.name(), server.port());
    return new ModelService(worker, bell, server);
  }

  /** The port of the API. */
  public int port() {
    return server.port();
  }

  /** Draws what is asked for until the context's stop asks to stop. */
  public void work() {
    worker.work();
  }

  /** Draws the next request; whether there was one. */
  boolean drawNext() {
    return worker.once();
  }

  @Override
  public void close() {
    bell.ring();
    server.close();
  }
}
