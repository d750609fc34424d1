using System.Diagnostics.CodeAnalysis;

namespace RemoteRendering.Sessions.DependencyInjection.Internal;

/// <summary>Provides the argument check that .NET Standard lacks.</summary>
internal static class Require
{
    public static void NotNull([NotNull] object? value, string parameter)
    {
        if (value is null)
        {
            throw new ArgumentNullException(parameter);
        }
    }
}
