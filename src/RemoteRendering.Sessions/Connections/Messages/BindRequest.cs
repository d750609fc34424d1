using System.Text.Json;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Represents the request of a device to bind to a host.</summary>
internal sealed class BindRequest(string sessionId, DeviceIdentity device)
{
    public bool TakeOver { get; set; }

    public TimeSpan Drain { get; set; }

    public long Epoch { get; set; }

    public long Answered { get; set; }

    public void WriteTo(PooledBuffer buffer)
    {
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WriteNumber("id"u8, 0);
        writer.WriteString("method"u8, HostMethods.Bind);
        writer.WriteStartObject("params"u8);
        writer.WriteNumber("protocol"u8, HostProtocol.Version);
        writer.WriteString("sessionId"u8, sessionId);
        writer.WriteString("clientId"u8, device.ClientId);
        writer.WriteString("bindingKey"u8, device.BindingKey);
        writer.WriteString("instanceId"u8, device.InstanceId);
        writer.WriteString("policy"u8, TakeOver ? "takeOver"u8 : "resume"u8);
        writer.WriteNumber("drainMs"u8, TakeOver ? (long)Drain.TotalMilliseconds : 0);
        writer.WriteNumber("epoch"u8, Epoch);
        writer.WriteNumber("answered"u8, Answered);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
