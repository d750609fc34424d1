namespace RemoteRendering.Sessions.Smoke;

public class SmokeTest { [Fact] public void Runs() => Assert.True(true); }
