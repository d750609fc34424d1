using System.Reflection;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Contexts;

/// <summary>Finds what is asynchronous in the public surface of the packages.</summary>
internal static class PublicOperation
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Lists all members that have code and give a task or a stream, as <c>Type.Member(Parameters)</c>.</summary>
    public static IReadOnlyList<string> All() =>
    [
        .. from package in Packages.All
        from type in package.GetExportedTypes()
        from method in type.GetMethods(Declared)
        where !method.IsAbstract && IsAsynchronous(method.ReturnType)
        select $"{type.Name}.{method.Name}("
            + $"{string.Join(", ", method.GetParameters().Select(static parameter => parameter.ParameterType.Name))})",
    ];

    private static bool IsAsynchronous(Type type)
        => typeof(Task).IsAssignableFrom(type)
            || type == typeof(ValueTask)
            || type.GetInterfaces().Append(type).Append(type.BaseType ?? type).Any(static part => part.IsGenericType
                && (part.GetGenericTypeDefinition() == typeof(ValueTask<>)
                    || part.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));
}
