package dev.atelier.local.cli;

import dev.atelier.local.admission.NearestName;
import dev.atelier.local.cli.view.ApiKind;
import dev.atelier.local.cli.view.ApiKinds;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.UserError;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the resources that somebody names: {@code hsm ana}, {@code hsm/ana} or just {@code ana}.
 */
final class Lookup {

  private final ApiKinds kinds;
  private final ResourceSource source;

  Lookup(ApiKinds kinds, ResourceSource source) {
    this.kinds = kinds;
    this.source = source;
  }

  /**
   * Everything that the words name.
   *
   * @param words {@code KIND NAME...} or a list of {@code KIND/NAME} and {@code NAME}
   * @throws UserError if something is not there, with the nearest name that is
   */
  List<Resource> named(List<String> words) {
    var found = new ArrayList<Resource>();
    var first = words.get(0);
    if (words.size() > 1 && first.indexOf('/') < 0 && kinds.isKind(first)) {
      var kind = kinds.named(first);
      words.subList(1, words.size()).forEach(name -> found.addAll(of(kind, name)));
    } else {
      words.forEach(word -> found.addAll(oneWord(word)));
    }
    return found;
  }

  /** The resources of a kind with that name; one per namespace. */
  List<Resource> of(ApiKind kind, String name) {
    var found = source.find(kind, name);
    if (found.isEmpty()) {
      throw missing(kind.plural(), name, source.list(kind), "./atelier get " + kind.plural());
    }
    return found;
  }

  private List<Resource> oneWord(String word) {
    int slash = word.indexOf('/');
    if (slash > 0) {
      return of(kinds.named(word.substring(0, slash)), word.substring(slash + 1));
    }
    var ours = kinds.ours().stream().flatMap(kind -> source.list(kind).stream()).toList();
    var found = ours.stream().filter(resource -> resource.name().equals(word)).toList();
    if (found.isEmpty()) {
      throw kinds.isKind(word)
          ? new UserError("which of the %s?".formatted(kinds.named(word).plural()), names(ours))
          : missing("resource", word, ours, "./atelier get");
    }
    return found;
  }

  private static UserError missing(String what, String name, List<Resource> there, String list) {
    var near =
        NearestName.of(name, there.stream().map(Resource::name).toList())
            .map("Did you mean %s? "::formatted)
            .orElse("");
    return new UserError(
        "%s \"%s\" not found".formatted(what, name), near + list + " lists those there are.");
  }

  private static String names(List<Resource> there) {
    return there.isEmpty()
        ? "There is none yet; ./atelier run FILE makes some."
        : "Name one: " + String.join(", ", there.stream().map(Resource::title).toList());
  }
}
