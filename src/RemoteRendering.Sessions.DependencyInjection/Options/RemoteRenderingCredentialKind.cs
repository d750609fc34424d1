namespace RemoteRendering.Sessions.DependencyInjection;

/// <summary>The ways to sign in.</summary>
public enum RemoteRenderingCredentialKind
{
    /// <summary>Whichever of account key, access token and client secret is set; exactly one must be.</summary>
    Automatic = 0,

    /// <summary>The key of the account. A changed key in a configuration that reloads is taken up without a restart.</summary>
    AccountKey = 1,

    /// <summary>A ready access token of the token service. It cannot be renewed.</summary>
    AccessToken = 2,

    /// <summary>The default chain of Azure.Identity: environment, workload, managed identity, developer tools.</summary>
    Default = 3,

    /// <summary>The managed identity of the machine: the one assigned by the system, or by the user when a client id is set.</summary>
    ManagedIdentity = 4,

    /// <summary>An application in Entra with a secret: tenant id, client id and client secret.</summary>
    ClientSecret = 5,
}
