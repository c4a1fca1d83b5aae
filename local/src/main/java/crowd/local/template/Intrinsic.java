package crowd.local.template;

/**
 * A function of CloudFormation as it stands in the template.
 *
 * @param name {@code Ref}, {@code GetAtt}, {@code Sub}, ...
 * @param argument what follows it: text, a list or a map
 */
record Intrinsic(String name, Object argument) {}
