package dev.atelier.operator;

import java.util.Map;

/** Every environment variable that the operator reads. */
public enum OperatorVariable {
  RUNTIME_IMAGE(
      "ATELIER_RUNTIME_IMAGE",
      "",
      "Runtime image of DiffusionRuntimes that name none. Empty: each has to name one."),
  NAMESPACES(
      "ATELIER_NAMESPACES", "", "Namespaces to watch, separated by commas. Empty: all of them."),
  PROGRESS_SECONDS(
      "ATELIER_PROGRESS_SECONDS",
      "10",
      "Seconds between two questions to a running pod, and at least between two writes of its progress."),
  ERASE_RETRY_SECONDS(
      "ATELIER_ERASE_RETRY_SECONDS",
      "300",
      "Seconds that a failed erase Job rests at least; the pause grows to an hour."),
  CONCURRENCY("ATELIER_CONCURRENCY", "32", "Reconciliations at a time and kind."),
  PORT("ATELIER_PORT", "8080", "Port of /metrics, /livez and /readyz. 0: none."),
  LEADER_ELECTION(
      "ATELIER_LEADER_ELECTION",
      "false",
      "Whether replicas agree on one that works; true with more than one."),
  NETWORK_POLICIES(
      "ATELIER_NETWORK_POLICIES",
      "true",
      "Whether each stage gets a NetworkPolicy: in only for the operator, out only to its object stores and the DNS."),
  SCRAPE_NAMESPACES(
      "ATELIER_SCRAPE_NAMESPACES",
      "",
      "Namespaces whose pods may read the metrics of stages through those policies, separated by commas. Empty: none."),
  POD_NAMESPACE(
      "POD_NAMESPACE",
      "default",
      "Namespace of the operator and of its lease, by the downward API metadata.namespace.");

  private final String variable;
  private final String standard;
  private final String meaning;

  OperatorVariable(String variable, String standard, String meaning) {
    this.variable = variable;
    this.standard = standard;
    this.meaning = meaning;
  }

  /** Name in the environment. */
  public String variable() {
    return variable;
  }

  /** What holds where it is absent or blank. */
  public String standard() {
    return standard;
  }

  /** What it sets. */
  public String meaning() {
    return meaning;
  }

  String in(Map<String, String> environment) {
    var text = environment.getOrDefault(variable, "").strip();
    return text.isEmpty() ? standard : text;
  }
}
