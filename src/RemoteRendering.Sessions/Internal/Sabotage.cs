#if SABOTAGE
namespace RemoteRendering.Sessions;

/// <summary>
/// Enables one bug of the museum at a time, to verify that the tests detect it. Only in builds with the constant <c>SABOTAGE</c>, which are
/// never packed.
/// </summary>
internal static class Sabotage
{
    /// <summary>The environment variable with the row to enable, for example <c>M11</c>.</summary>
    private const string Variable = "RRS_SABOTAGE";

    private static readonly string? Row = Environment.GetEnvironmentVariable(Variable);

    public static bool Breaks(string row) => string.Equals(Row, row, StringComparison.Ordinal);
}
#endif
