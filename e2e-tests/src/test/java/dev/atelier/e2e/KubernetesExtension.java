package dev.atelier.e2e;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link TestCluster} of the test run to tests that ask for it. Without Go they are
 * skipped with a word, but in CI, where they fail.
 */
final class KubernetesExtension implements ExecutionCondition, ParameterResolver {

  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(KubernetesExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Boolean.getBoolean("atelier.kubernetes.skip")) {
      return ConditionEvaluationResult.disabled("-Datelier.kubernetes.skip is set");
    }
    var available =
        context
            .getRoot()
            .getStore(HERE)
            .computeIfAbsent(
                "availability", key -> TestCluster.availability(), TestCluster.Output.class);
    return available.succeeded() || "true".equals(System.getenv("CI"))
        ? ConditionEvaluationResult.enabled("a real Kubernetes")
        : ConditionEvaluationResult.disabled("not run on a real Kubernetes: " + available.text());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(TestCluster.class);
  }

  /** JUnit closes what the root's store holds at the end of the run. */
  @Override
  public TestCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent("cluster", key -> TestCluster.start(), TestCluster.class);
  }
}
