namespace RemoteRendering.Sessions.Service;

/// <summary>How the 2021-01-01 service writes what is not known yet. The real service did it both ways, at different times.</summary>
public enum ServiceBodyShape
{
    /// <summary>Keys without a value are left out, as recorded from March 2021 on. The default.</summary>
    KeysLeftOut = 0,

    /// <summary>Every key is there, with <c>0</c> and <c>null</c>, as recorded in January and February 2021.</summary>
    ZerosAndNulls = 1,
}
