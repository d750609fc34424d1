using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>What must survive a restart so that a session can be taken up again, and its host knows the device. Immutable.</summary>
public class RenderingSessionRecord
{
    /// <summary>Creates a record.</summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="endpoint">The service that the session is on.</param>
    /// <param name="accountId">The account of the session.</param>
    /// <param name="size">The size of the host; the default value when it is not known.</param>
    /// <param name="clientId">The name of the device.</param>
    /// <param name="bindingKey">The key by which the host knows the device. A secret: whoever has it can take over the connection.</param>
    /// <exception cref="ArgumentException"><paramref name="sessionId"/> breaks the rule for ids, or another argument is null or empty.</exception>
    public RenderingSessionRecord(string sessionId, Uri endpoint, Guid accountId, RenderingSessionVmSize size, string clientId, string bindingKey)
    {
        SessionIdRule.Validate(sessionId, nameof(sessionId));
        Guard.NotNull(endpoint, nameof(endpoint));
        Guard.NotNullOrEmpty(clientId, nameof(clientId));
        Guard.NotNullOrEmpty(bindingKey, nameof(bindingKey));
        SessionId = sessionId;
        Endpoint = endpoint;
        AccountId = accountId;
        Size = size;
        ClientId = clientId;
        BindingKey = bindingKey;
    }

    /// <summary>Gets the id of the session.</summary>
    public string SessionId { get; }

    /// <summary>Gets the service that the session is on.</summary>
    public Uri Endpoint { get; }

    /// <summary>Gets the account of the session.</summary>
    public Guid AccountId { get; }

    /// <summary>Gets the size of the host; the default value when it is not known.</summary>
    public RenderingSessionVmSize Size { get; }

    /// <summary>Gets the name of the device.</summary>
    public string ClientId { get; }

    /// <summary>Gets the key by which the host knows the device. A secret.</summary>
    public string BindingKey { get; }

    /// <summary>Returns the session; the key is left out.</summary>
    /// <returns>A line for people.</returns>
    public override string ToString() => $"{SessionId} on {Endpoint}";
}
