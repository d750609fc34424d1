using System.Diagnostics.CodeAnalysis;

namespace RemoteRendering.Sessions.Internal;

/// <summary>Provides argument checks that throw with the name of the parameter.</summary>
internal static class Guard
{
    public static void NotNull([NotNull] object? value, string parameter)
    {
        if (value is null)
        {
            throw new ArgumentNullException(parameter);
        }
    }

    public static void NotNullOrEmpty([NotNull] string? value, string parameter)
    {
        NotNull(value, parameter);
        if (value.Length == 0)
        {
            throw new ArgumentException("The value must not be empty.", parameter);
        }
    }
}
