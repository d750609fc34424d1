namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>The protocol's rule for session ids.</summary>
internal static class SessionIds
{
    private const int MaxLength = 256;

    public static bool IsValid(string id) => id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
