namespace RemoteRendering.Sessions.Internal;

/// <summary>Random numbers from 0 to 1 that keep many clients from acting at the same moment. No secret hangs on them.</summary>
internal static class JitterSource
{
    public static double Next()
    {
#if NET8_0_OR_GREATER
        return Random.Shared.NextDouble();
#else
        // Two instances made in the same instant are alike on .NET Framework; GUIDs are not.
        return (Guid.NewGuid().GetHashCode() & int.MaxValue) / ((double)int.MaxValue + 1);
#endif
    }
}
