using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Messages;

/// <summary>Reads names of methods, and names kinds of binary frames.</summary>
internal static class MethodNames
{
    /// <summary>Reads a method's name, without a new string for those that come often.</summary>
    /// <exception cref="InvalidOperationException">The value is not a string.</exception>
    public static string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new InvalidOperationException("A method is named by a string.");
        }

        return
            reader.ValueTextEquals(HostMethods.KeepAlive) ? HostMethods.KeepAlive :
            reader.ValueTextEquals(HostMethods.Echo) ? HostMethods.Echo :
            reader.GetString();
    }

    /// <summary>Gets the name of a kind of binary requests in journals.</summary>
    public static string OfBinaryKind(byte kind) => kind switch
    {
        HostFrameKind.Batch => "batch",
        HostFrameKind.Chunk => "chunk",
        _ => "binary",
    };
}
