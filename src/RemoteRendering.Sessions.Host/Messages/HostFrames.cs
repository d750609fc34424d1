using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Messages;

/// <summary>Writes what a host sends.</summary>
internal static class HostFrames
{
    private const int MaxDigits = 20;

    /// <summary>An answer whose result is raw JSON.</summary>
    public static byte[] Result(long id, ReadOnlySpan<byte> result)
    {
        ReadOnlySpan<byte> head = "{\"jsonrpc\":\"2.0\",\"id\":"u8;
        ReadOnlySpan<byte> middle = ",\"result\":"u8;
        Span<byte> digits = stackalloc byte[MaxDigits];
        _ = Utf8Formatter.TryFormat(id, digits, out int digitCount);

        byte[] frame = new byte[head.Length + digitCount + middle.Length + result.Length + 1];
        Span<byte> rest = frame;
        head.CopyTo(rest);
        rest = rest[head.Length..];
        digits[..digitCount].CopyTo(rest);
        rest = rest[digitCount..];
        middle.CopyTo(rest);
        rest = rest[middle.Length..];
        result.CopyTo(rest);
        rest[result.Length] = (byte)'}';
        return frame;
    }

    /// <summary>An answer that says what went wrong.</summary>
    public static byte[] Error(long? id, int code, string message, string? reason = null, TimeSpan? retryAfter = null) => Write(json =>
    {
        if (id is { } value)
        {
            json.WriteNumber("id"u8, value);
        }
        else
        {
            json.WriteNull("id"u8);
        }

        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, code);
        json.WriteString("message"u8, message);
        if (reason is not null)
        {
            json.WriteStartObject("data"u8);
            json.WriteString("reason"u8, reason);
            if (retryAfter is { } wait)
            {
                json.WriteNumber("retryAfterMs"u8, Milliseconds(wait));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    public static byte[] Refusal(long? id, HostRefusal refusal) =>
        Error(id, (int)refusal.Reason, refusal.Message, refusal.Reason.ToString(), refusal.RetryAfter);

    public static byte[] Bound(long id, BindTerms terms) => Write(json =>
    {
        json.WriteNumber("id"u8, id);
        json.WriteStartObject("result"u8);
        json.WriteNumber("protocol"u8, HostProtocol.Version);
        json.WriteNumber("epoch"u8, terms.Epoch);
        json.WriteNumber("link"u8, terms.LinkNumber);
        json.WriteBoolean("resumed"u8, terms.IsResumed);
        json.WriteBoolean("sceneKept"u8, terms.IsResumed);
        json.WriteNumber("received"u8, terms.Received);
        json.WriteNumber("graceMs"u8, Milliseconds(terms.Grace));
        json.WriteNumber("keepAliveMs"u8, Milliseconds(terms.KeepAlive));
        json.WriteNumber("deadAfterMs"u8, Milliseconds(terms.DeadAfter));
        json.WriteNumber("maxMessageBytes"u8, terms.MaxMessageBytes);
        WriteStrings(json, "features"u8, terms.Features);
        if (terms.UnsupportedStates.Count > 0)
        {
            WriteStrings(json, "unsupportedStates"u8, terms.UnsupportedStates);
        }

        json.WriteEndObject();
    });

    public static byte[] Goodbye(HostGoodbye goodbye) => Write(json =>
    {
        json.WriteString("method"u8, HostMethods.Goodbye);
        json.WriteStartObject("params"u8);
        json.WriteString("reason"u8, goodbye.Reason);
        json.WriteBoolean("comeBack"u8, goodbye.ComeBack);
        json.WriteNumber("afterMs"u8, Milliseconds(goodbye.After));
        if (goodbye.RetryAfter is { } wait)
        {
            json.WriteNumber("retryAfterMs"u8, Milliseconds(wait));
        }

        json.WriteEndObject();
    });

    public static byte[] KeepAlive(long received) => Write(json =>
    {
        json.WriteString("method"u8, HostMethods.KeepAlive);
        json.WriteStartObject("params"u8);
        json.WriteNumber("received"u8, received);
        json.WriteEndObject();
    });

    public static byte[] Progress(long id, double value) => Write(json =>
    {
        json.WriteString("method"u8, HostMethods.Progress);
        json.WriteStartObject("params"u8);
        json.WriteNumber("id"u8, id);
        json.WriteNumber("value"u8, value);
        json.WriteEndObject();
    });

    /// <summary>Writes a JSON value on its own.</summary>
    public static byte[] Value(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> writeMembers) => Value(json =>
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc"u8, "2.0"u8);
        writeMembers(json);
        json.WriteEndObject();
    });

    /// <summary>Whole milliseconds, rounded up: a peer that waits this long has waited long enough.</summary>
    private static long Milliseconds(TimeSpan value) => (long)Math.Ceiling(value.TotalMilliseconds);

    private static void WriteStrings(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
