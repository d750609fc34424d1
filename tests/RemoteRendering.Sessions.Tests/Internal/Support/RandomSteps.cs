namespace RemoteRendering.Sessions.Tests.Internal.Support;

/// <summary>How many steps random tests take.</summary>
internal static class RandomSteps
{
    /// <summary>
    /// Gets the number that <c>RRS_RANDOM_STEPS</c> sets; 50,000 by default. A tenth of that where the same code is only tested against
    /// another build of the library.
    /// </summary>
#if NETSTANDARD_ASSET
    public static long Count => All / 10;
#else
    public static long Count => All;
#endif

    /// <summary>
    /// Gets how many calls the tests of hostile answers make: as many as <c>RRS_RANDOM_STEPS</c> sets, 20,000 by default.
    /// </summary>
#if NETSTANDARD_ASSET
    public static long Calls => AllCalls / 10;
#else
    public static long Calls => AllCalls;
#endif

    private static long AllCalls => long.TryParse(Environment.GetEnvironmentVariable("RRS_RANDOM_STEPS"), out long calls) ? calls : 20_000;

    private static long All => long.TryParse(Environment.GetEnvironmentVariable("RRS_RANDOM_STEPS"), out long steps) ? steps : 50_000;
}
