using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>
/// Represents the data that is needed to open a session again after a restart, as the same device for its host. Immutable.
/// </summary>
public class RenderingSessionRecord
{
    /// <summary>Creates a record.</summary>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="endpoint">The address of the service of the session.</param>
    /// <param name="accountId">The id of the account.</param>
    /// <param name="size">The size of the host; the default value when it is unknown.</param>
    /// <param name="clientId">The name of the device.</param>
    /// <param name="bindingKey">
    /// The key by which the host identifies the device. A secret: it allows other processes to take over the connection.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="sessionId"/> is not a valid session id, or another argument is null or empty.
    /// </exception>
    public RenderingSessionRecord(
        string sessionId, Uri endpoint, Guid accountId, RenderingSessionVmSize size, string clientId, string bindingKey)
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

    /// <summary>Gets the address of the service of the session.</summary>
    public Uri Endpoint { get; }

    /// <summary>Gets the id of the account.</summary>
    public Guid AccountId { get; }

    /// <summary>Gets the size of the host; the default value when it is unknown.</summary>
    public RenderingSessionVmSize Size { get; }

    /// <summary>Gets the name of the device.</summary>
    public string ClientId { get; }

    /// <summary>Gets the key by which the host identifies the device. A secret.</summary>
    public string BindingKey { get; }

    /// <summary>Returns the session without the key.</summary>
    /// <returns>One line of text.</returns>
    public override string ToString() => $"{SessionId} on {Endpoint}";
}
