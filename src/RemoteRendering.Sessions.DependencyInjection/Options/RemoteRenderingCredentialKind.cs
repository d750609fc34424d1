namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>Specifies how a client signs in.</summary>
public enum RemoteRenderingCredentialKind
{
    /// <summary>The kind of the one that is set: account key, access token or client secret. Exactly one must be set.</summary>
    Automatic = 0,

    /// <summary>The key of the account. A changed key in a reloaded configuration is used without a restart.</summary>
    AccountKey = 1,

    /// <summary>An existing access token of the token service. It cannot be renewed.</summary>
    AccessToken = 2,

    /// <summary>The default chain of Azure.Identity: environment, workload, managed identity, developer tools.</summary>
    Default = 3,

    /// <summary>The managed identity of the machine: the system-assigned one, or a user-assigned one when a client id is set.</summary>
    ManagedIdentity = 4,

    /// <summary>An Entra application with a secret: tenant id, client id and client secret.</summary>
    ClientSecret = 5,
}
