package dev.atelier.runtime.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which answer belongs to a path. */
final class Routes {

  private static final String HEALTH = "/health";
  private static final String MODELS = "/v1/models";

  private final ServeContext context;
  private final ServedModel model;
  private final ApiKey key;
  private final Reception reception;
  private final VideosApi videos;
  private final ImagesApi images;
  private final long since;

  Routes(
      ServeContext context,
      ServedModel model,
      Reception reception,
      VideosApi videos,
      ImagesApi images) {
    this.context = context;
    this.model = model;
    this.key = new ApiKey(context.key());
    this.reception = reception;
    this.videos = videos;
    this.images = images;
    this.since = context.clock().instant().getEpochSecond();
  }

  private record Health(String status) {}

  private record Model(
      String id, String object, long created, @JsonProperty("owned_by") String ownedBy) {}

  private record Models(String object, List<Model> data) {}

  /**
   * Answers.
   *
   * @throws RequestProblem if it cannot be done
   */
  Answer answer(Call call) throws IOException {
    if (call.path().equals(HEALTH)) {
      return health(call);
    }
    key.require(call.authorization());
    if (isBelow(call, MODELS)) {
      return models(call);
    }
    if (isBelow(call, Api.VIDEOS.path()) && context.apis().contains(Api.VIDEOS)) {
      return videos(call);
    }
    if (call.path().equals(Api.IMAGES.path()) && context.apis().contains(Api.IMAGES)) {
      require(call, "POST");
      return images.generate(call);
    }
    throw nothing(call);
  }

  private Answer health(Call call) {
    require(call, "GET");
    if (context.stop().requested()) {
      throw RequestProblem.unavailable("stopping");
    }
    return Answer.json(new Health("ok"));
  }

  private Answer models(Call call) {
    require(call, "GET");
    var one = new Model(model.name(), "model", since, "atelier");
    var rest = below(call, MODELS);
    if (rest.isEmpty()) {
      return Answer.json(new Models("list", List.of(one)));
    }
    if (rest.equals(List.of(model.name()))) {
      return Answer.json(one);
    }
    throw reception.form().unknownModel(String.join("/", rest));
  }

  private Answer videos(Call call) throws IOException {
    var rest = below(call, Api.VIDEOS.path());
    if (rest.isEmpty()) {
      require(call, "GET", "POST");
      return call.method().equals("POST") ? videos.create(call) : videos.list(call);
    }
    var id = rest.get(0);
    if (rest.size() == 1) {
      require(call, "GET", "DELETE");
      return call.method().equals("DELETE") ? videos.delete(id) : videos.show(id);
    }
    if (rest.equals(List.of(id, "content"))) {
      require(call, "GET");
      return videos.content(id, call);
    }
    throw nothing(call);
  }

  private RequestProblem nothing(Call call) {
    var offered =
        Stream.concat(
                Stream.of("GET " + MODELS),
                context.apis().stream().sorted().map(api -> "POST " + api.path()))
            .toList();
    return RequestProblem.notFound(
        null,
        "not_found",
        "there is nothing at %s %s; offered are %s".formatted(call.method(), call.path(), offered));
  }

  private static void require(Call call, String... methods) {
    if (!Arrays.asList(methods).contains(call.method())) {
      throw RequestProblem.wrongMethod(
          "%s cannot be done at %s; use %s"
              .formatted(call.method(), call.path(), String.join(" or ", methods)));
    }
  }

  private static boolean isBelow(Call call, String path) {
    return call.path().equals(path) || call.path().startsWith(path + "/");
  }

  /** The rest of the path, without empty segments. */
  private static List<String> below(Call call, String path) {
    return Stream.of(call.path().substring(path.length()).split("/", -1))
        .filter(segment -> !segment.isEmpty())
        .toList();
  }
}
