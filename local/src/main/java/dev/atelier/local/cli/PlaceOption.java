package dev.atelier.local.cli;

import dev.atelier.local.workstation.UserError;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the resources are. */
final class PlaceOption {

  @Mixin private StateOption state = new StateOption();

  @Option(
      names = "--cluster",
      description =
          "The cluster of KUBECONFIG instead of this machine; always so as `kubectl atelier`.")
  private boolean cluster;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Context of KUBECONFIG (default: the current one); means --cluster.")
  private String context = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      defaultValue = "",
      description = "Namespace in the cluster (default: that of the context); means --cluster.")
  private String namespace = "";

  /** What the options mean. */
  Place in(CliSettings settings) {
    boolean remote = cluster || settings.plugin() || !context.isEmpty() || !namespace.isEmpty();
    return new Place(state.in(settings.here()), remote ? Optional.of(config()) : Optional.empty());
  }

  private Config config() {
    var config = Config.autoConfigure(context.isEmpty() ? null : context);
    if (config.getCurrentContext() == null) {
      throw new UserError(
          context.isEmpty()
              ? "no cluster is configured"
              : "there is no context '%s'".formatted(context),
          "Set KUBECONFIG to a file with a current context; `kubectl config get-contexts` lists them.");
    }
    var chosen = namespace.isEmpty() ? config.getNamespace() : namespace;
    return new ConfigBuilder(config).withNamespace(chosen == null ? "default" : chosen).build();
  }
}
