namespace Microsoft.CodeAnalysis;

/// <summary>Hides a type from every other assembly, also from those that see our internals.</summary>
[Embedded]
[AttributeUsage(AttributeTargets.All, Inherited = false)]
internal sealed partial class EmbeddedAttribute : Attribute;
