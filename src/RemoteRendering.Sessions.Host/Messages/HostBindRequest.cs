using System.Text.Json;
using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.Protocol.Json;

namespace RemoteRendering.Sessions.Host;

/// <summary>Represents the request of a device to bind a session.</summary>
public class HostBindRequest
{
    /// <summary>Initializes a new instance of the <see cref="HostBindRequest"/> class for substitutes in tests.</summary>
    protected HostBindRequest()
    {
        SessionId = string.Empty;
        Device = null!;
    }

    internal HostBindRequest(
        string sessionId, HostDevice device, string? instanceId, bool takeOver, TimeSpan drain, long epoch, long answered)
    {
        SessionId = sessionId;
        Device = device;
        InstanceId = instanceId;
        TakeOver = takeOver;
        Drain = drain;
        Epoch = epoch;
        Answered = answered;
    }

    /// <summary>Gets the id of the session.</summary>
    public virtual string SessionId { get; }

    /// <summary>Gets the id of the device. It is not a secret: another device may show the same one.</summary>
    public virtual string ClientId => Device.ClientId;

    /// <summary>Gets the instance of the device; <see langword="null"/> when the device does not say which it is.</summary>
    public virtual string? InstanceId { get; }

    /// <summary>Gets a value indicating whether the device wants the session also when another device holds it.</summary>
    public virtual bool TakeOver { get; }

    /// <summary>Gets the time that the present holder is given when the session is taken over.</summary>
    public virtual TimeSpan Drain { get; }

    /// <summary>Gets the epoch of the binding that the device wants to resume; 0 when it has none.</summary>
    public virtual long Epoch { get; }

    /// <summary>Gets the highest id such that the device has the answers to all requests up to it.</summary>
    public virtual long Answered { get; }

    internal HostDevice Device { get; }

    /// <summary>Reads the parameters, or gives the refusal.</summary>
    internal static HostBindRequest? Parse(ReadOnlyMemory<byte> parameters, out HostRefusal? refusal)
    {
        refusal = null;
        if (parameters.IsEmpty)
        {
            refusal = HostRefusal.InvalidParameter("'params' is missing.");
            return null;
        }

        try
        {
            using JsonDocument? document = JsonObjectText.Parse(parameters);
            if (document is not null)
            {
                return Parse(document.RootElement, out refusal);
            }

            refusal = HostRefusal.InvalidParameter("'params' must be an object.");
            return null;
        }
        catch (JsonException)
        {
            // The frame has been parsed, so this is JSON.
            refusal = HostRefusal.InvalidParameter("The name of a member has half a surrogate pair.");
            return null;
        }
    }

    private static HostBindRequest? Parse(JsonElement root, out HostRefusal? refusal)
    {
        refusal = null;
        if (!TryGetNumber(root, "protocol", null, out long protocol))
        {
            refusal = HostRefusal.InvalidParameter("'protocol' must be a whole number.");
            return null;
        }

        // The version comes first: another version may have other members.
        if (protocol != HostProtocol.Version)
        {
            refusal = new HostRefusal(
                HostRefusalReason.ProtocolVersionMismatch,
                $"This host speaks version {HostProtocol.Version} of the protocol, not {protocol}.");
            return null;
        }

        return ParseVersion1(root, out refusal);
    }

    private static HostBindRequest? ParseVersion1(JsonElement root, out HostRefusal? refusal)
    {
        string? policy = "resume";
        string? instanceId = null;
        if (!TryGetText(root, "sessionId", out string? sessionId) || sessionId.Length == 0)
        {
            refusal = HostRefusal.InvalidParameter("'sessionId' must be a string that is not empty.");
        }
        else if (!TryGetText(root, "clientId", out string? clientId) || clientId.Length is 0 or > HostLimits.ClientIdLength)
        {
            refusal = HostRefusal.InvalidParameter($"'clientId' must be a string of 1 to {HostLimits.ClientIdLength} characters.");
        }
        else if (!TryGetText(root, "bindingKey", out string? key) || key.Length != HostLimits.BindingKeyDigits
            || !key.All(char.IsAsciiHexDigit))
        {
            refusal = HostRefusal.InvalidParameter($"'bindingKey' must be {HostLimits.BindingKeyDigits} hexadecimal digits.");
        }
        else if (root.TryGetProperty("instanceId", out _)
            && (!TryGetText(root, "instanceId", out instanceId) || instanceId.Length is 0 or > HostLimits.InstanceIdLength))
        {
            refusal = HostRefusal.InvalidParameter($"'instanceId' must be a string of 1 to {HostLimits.InstanceIdLength} characters.");
        }
        else if (root.TryGetProperty("policy", out _)
            && (!TryGetText(root, "policy", out policy) || policy is not ("resume" or "takeOver")))
        {
            refusal = HostRefusal.InvalidParameter("'policy' must be 'resume' or 'takeOver'.");
        }
        else if (!TryGetNumber(root, "drainMs", 0, out long drain) || drain > HostLimits.Drain.TotalMilliseconds)
        {
            refusal = HostRefusal.InvalidParameter($"'drainMs' must be a whole number from 0 to {HostLimits.Drain.TotalMilliseconds}.");
        }
        else if (!TryGetNumber(root, "epoch", 0, out long epoch))
        {
            refusal = HostRefusal.InvalidParameter("'epoch' must be a whole number, 0 or more.");
        }
        else if (!TryGetNumber(root, "answered", 0, out long answered))
        {
            refusal = HostRefusal.InvalidParameter("'answered' must be a whole number, 0 or more.");
        }
        else
        {
            refusal = null;
            return new HostBindRequest(
                sessionId, HostDevice.FromKey(clientId, key), instanceId, policy == "takeOver", TimeSpan.FromMilliseconds(drain), epoch,
                answered);
        }

        return null;
    }

    private static bool TryGetText(JsonElement root, string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
    {
        value = root.TryGetProperty(name, out JsonElement member) ? JsonObjectText.Text(member) : null;
        return value is not null;
    }

    private static bool TryGetNumber(JsonElement root, string name, long? whenMissing, out long value)
    {
        if (!root.TryGetProperty(name, out JsonElement member))
        {
            value = whenMissing ?? 0;
            return whenMissing is not null;
        }

        value = 0;
        return member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out value) && value >= 0;
    }
}
