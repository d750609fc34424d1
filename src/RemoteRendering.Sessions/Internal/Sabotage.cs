#if SABOTAGE
namespace RemoteRendering.Sessions;

/// <summary>
/// Breaks the library on purpose, one bug of the museum at a time, so that it can be shown that the tests notice. Only in builds made with the constant
/// <c>SABOTAGE</c>, which are never packed.
/// </summary>
internal static class Sabotage
{
    /// <summary>The row to break is named by this variable, for example <c>M11</c>.</summary>
    private const string Variable = "RRS_SABOTAGE";

    private static readonly string? Row = Environment.GetEnvironmentVariable(Variable);

    public static bool Breaks(string row) => string.Equals(Row, row, StringComparison.Ordinal);
}
#endif
