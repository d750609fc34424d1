using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator.Host.Messages;

/// <summary>Names of the methods every host knows, and of what comes in binary frames.</summary>
internal static class HostMethods
{
    /// <summary>How a binary frame of kind 1 is named in the history.</summary>
    public const string Batch = "batch";

    public const string Bind = "bind";
    public const string Cancel = "cancel";
    /// <summary>How a binary frame of kind 2 is named in the history.</summary>
    public const string Chunk = "chunk";

    public const string Echo = "echo";
    public const string Goodbye = "goodbye";
    public const string KeepAlive = "keepAlive";
    public const string Progress = "progress";
    public const string Status = "status";
    public const string Unbind = "unbind";

    /// <summary>Reads a method's name, without a new string for the well-known ones.</summary>
    /// <exception cref="InvalidOperationException">The value is not a string.</exception>
    public static string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new InvalidOperationException("A method is named by a string.");
        }

        return
            reader.ValueTextEquals("keepAlive"u8) ? KeepAlive :
            reader.ValueTextEquals("echo"u8) ? Echo :
            reader.GetString();
    }
}
