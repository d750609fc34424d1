namespace RemoteRendering.Sessions.Internal;

/// <summary>
/// Provides random numbers from 0 to 1 that prevent many clients from acting at the same moment. They are not used for secrets.
/// </summary>
internal static class JitterSource
{
    public static double Next()
    {
#if NET8_0_OR_GREATER
        return Random.Shared.NextDouble();
#else
        // On .NET Framework two instances created at the same moment produce the same numbers; GUIDs differ.
        return (Guid.NewGuid().GetHashCode() & int.MaxValue) / ((double)int.MaxValue + 1);
#endif
    }
}
