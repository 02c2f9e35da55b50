package dev.atelier.runtime.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** The protocol's videos: asked for, then looked at until they are done, then fetched. */
final class VideosApi {

  private static final int PAGE = 20;
  private static final int LARGEST_PAGE = 100;

  private final ServeContext context;
  private final Reception reception;
  private final RequestStore store;
  private final Worker worker;

  /**
   * @param worker stopped where it draws what is deleted
   */
  VideosApi(ServeContext context, Reception reception, RequestStore store, Worker worker) {
    this.context = context;
    this.reception = reception;
    this.store = store;
    this.worker = worker;
  }

  /** Asks for a video. */
  Answer create(Call call) throws IOException {
    var accepted = reception.accept(Api.VIDEOS, call, OrderForm::video);
    return shown(new Tracked(accepted, Optional.of(Claim.NONE), Optional.empty()));
  }

  /** Lists videos. */
  Answer list(Call call) {
    var fields = new HashMap<String, JsonNode>();
    call.query().forEach((name, value) -> fields.put(name, TextNode.valueOf(value)));
    var asked = new AskedFields(fields);
    int limit = asked.integer("limit", 1, LARGEST_PAGE).orElse((long) PAGE).intValue();
    var ids = new ArrayList<>(store.all(Api.VIDEOS));
    if (isDescending(asked)) {
      Collections.reverse(ids);
    }
    asked.text("after", 100).ifPresent(id -> ids.subList(0, after(ids, id)).clear());
    var page = new ArrayList<VideoObject>();
    int read = 0;
    while (page.size() < limit && read < ids.size()) {
      found(ids.get(read++)).map(this::object).ifPresent(page::add);
    }
    return Answer.json(page(page, read < ids.size()));
  }

  private static boolean isDescending(AskedFields asked) {
    var order = asked.text("order", 100).orElse("desc");
    if (!List.of("asc", "desc").contains(order)) {
      throw RequestProblem.of("order", "order is '%s', it must be asc or desc".formatted(order));
    }
    return order.equals("desc");
  }

  private static int after(List<String> ids, String id) {
    int at = ids.indexOf(id);
    if (at < 0) {
      throw RequestProblem.of(
          "after", "after: there is no video '%s'; use the last_id of a page".formatted(id));
    }
    return at + 1;
  }

  private static VideoObject.Page page(List<VideoObject> videos, boolean more) {
    return videos.isEmpty()
        ? new VideoObject.Page("list", videos, null, null, more)
        : new VideoObject.Page(
            "list", videos, videos.get(0).id(), videos.get(videos.size() - 1).id(), more);
  }

  /** Shows a video. */
  Answer show(String id) {
    return shown(required(id));
  }

  /** The video itself, or a still of it. */
  Answer content(String id, Call call) {
    var tracked = required(id);
    var outcome = tracked.outcome();
    if (outcome.isEmpty()) {
      throw RequestProblem.badRequest(
          "video_not_ready",
          "the video is not done (%d percent); look at GET /v1/videos/%s until its status is completed"
              .formatted(tracked.progress(), id));
    }
    var failure = outcome.get().failure();
    if (failure != null) {
      throw RequestProblem.badRequest(failure.code(), "there is no video: " + failure.message());
    }
    var files = outcome.get().files().get(0);
    var variant = call.query().getOrDefault("variant", "video");
    return switch (variant) {
      case "video" -> Answer.file("video/mp4", store.file(files.video()), call.range());
      case "thumbnail" -> Answer.file("image/png", store.file(files.poster()), call.range());
      default ->
          throw RequestProblem.of(
              "variant", "variant '%s' is not offered; use video or thumbnail".formatted(variant));
    };
  }

  /** Deletes a video with its files; a drawing stops at its next step. */
  Answer delete(String id) {
    required(id);
    store.delete(id);
    worker.stop(id);
    return Answer.json(new VideoObject.Deleted(id, "video.deleted", true));
  }

  private Answer shown(Tracked tracked) {
    return Answer.json(object(tracked));
  }

  private VideoObject object(Tracked tracked) {
    return VideoObject.of(tracked, context.times(), context.clock().instant());
  }

  private Tracked required(String id) {
    return Optional.of(id)
        .filter(text -> RequestId.isOne(text) && RequestId.read(text).isOf(Api.VIDEOS))
        .flatMap(this::found)
        .orElseThrow(
            () ->
                RequestProblem.notFound(
                    "id",
                    "video_not_found",
                    "there is no video '%s'; it may have expired or been deleted".formatted(id)));
  }

  /** One that is over its time is gone, swept or not. */
  private Optional<Tracked> found(String id) {
    var now = context.clock().instant();
    return store
        .find(id)
        .filter(
            tracked ->
                tracked
                    .outcome()
                    .filter(known -> known.expiresAt(context.times().keep()).isBefore(now))
                    .isEmpty());
  }
}
