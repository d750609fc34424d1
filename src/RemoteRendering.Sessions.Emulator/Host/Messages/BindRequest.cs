using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Service.Rest;
using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions.Emulator.Host.Messages;

/// <summary>The parameters of a <c>bind</c>.</summary>
internal sealed record BindRequest(
    string SessionId,
    HostDevice Device,
    string? InstanceId,
    bool TakeOver,
    TimeSpan Drain,
    long Epoch,
    long Answered)
{
    public const int ProtocolVersion = 1;
    private const int MaxClientIdLength = 128;
    private const int BindingKeyDigits = 64;
    private const int MaxInstanceIdLength = 64;
    private static readonly TimeSpan MaxDrain = TimeSpan.FromMinutes(1);

    /// <summary>Reads the parameters, or says why they are refused.</summary>
    public static BindRequest? Parse(ReadOnlyMemory<byte> parameters, out HostRefusal? refusal)
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

    private static BindRequest? Parse(JsonElement root, out HostRefusal? refusal)
    {
        refusal = null;
        if (!TryGetNumber(root, "protocol", null, out long protocol))
        {
            refusal = HostRefusal.InvalidParameter("'protocol' must be a whole number.");
            return null;
        }

        // The version comes first: another version may have other members.
        if (protocol != ProtocolVersion)
        {
            refusal = new HostRefusal(HostRefusalReason.ProtocolVersionMismatch, $"This host speaks version {ProtocolVersion} of the protocol, not {protocol}.");
            return null;
        }

        return ParseVersion1(root, out refusal);
    }

    private static BindRequest? ParseVersion1(JsonElement root, out HostRefusal? refusal)
    {
        string? policy = "resume";
        string? instanceId = null;
        if (!TryGetText(root, "sessionId", out string? sessionId) || sessionId.Length == 0)
        {
            refusal = HostRefusal.InvalidParameter("'sessionId' must be a string that is not empty.");
        }
        else if (!TryGetText(root, "clientId", out string? clientId) || clientId.Length is 0 or > MaxClientIdLength)
        {
            refusal = HostRefusal.InvalidParameter($"'clientId' must be a string of 1 to {MaxClientIdLength} characters.");
        }
        else if (!TryGetText(root, "bindingKey", out string? key) || key.Length != BindingKeyDigits || !key.All(char.IsAsciiHexDigit))
        {
            refusal = HostRefusal.InvalidParameter($"'bindingKey' must be {BindingKeyDigits} hexadecimal digits.");
        }
        else if (root.TryGetProperty("instanceId", out _) && (!TryGetText(root, "instanceId", out instanceId) || instanceId.Length is 0 or > MaxInstanceIdLength))
        {
            refusal = HostRefusal.InvalidParameter($"'instanceId' must be a string of 1 to {MaxInstanceIdLength} characters.");
        }
        else if (root.TryGetProperty("policy", out _) && (!TryGetText(root, "policy", out policy) || policy is not ("resume" or "takeOver")))
        {
            refusal = HostRefusal.InvalidParameter("'policy' must be 'resume' or 'takeOver'.");
        }
        else if (!TryGetNumber(root, "drainMs", 0, out long drain) || drain > MaxDrain.TotalMilliseconds)
        {
            refusal = HostRefusal.InvalidParameter($"'drainMs' must be a whole number from 0 to {MaxDrain.TotalMilliseconds}.");
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
            return new BindRequest(
                sessionId, HostDevice.FromKey(clientId, key), instanceId, policy == "takeOver", TimeSpan.FromMilliseconds(drain), epoch, answered);
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
