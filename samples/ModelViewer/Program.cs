using System.Numerics;
using ModelViewer;
using RemoteRendering.Sessions;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Scene;

if (!Arguments.TryParse(args, out Arguments? arguments, out string? problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

using var quit = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    quit.Cancel();
};

try
{
    await RunAsync(arguments, quit.Token);
    return 0;
}
catch (OperationCanceledException) when (quit.IsCancellationRequested)
{
    Console.Error.WriteLine("Cancelled.");
    return 130;
}
catch (Exception exception) when (
    exception is RenderingSceneException or RenderingConnectionException or RenderingSessionEndedException or IOException
        or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static async Task RunAsync(Arguments arguments, CancellationToken cancellationToken)
{
    await using SessionEmulator emulator = await SessionEmulator.StartAsync(cancellationToken: cancellationToken);
    var creation = new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard) { StopOnDispose = true };
    await using RenderingSession session = await emulator.CreateClient().CreateNewRenderingSessionAsync(creation, cancellationToken);
    await session.WaitUntilReadyAsync(cancellationToken: cancellationToken);
    RenderingConnection connection = await session.ConnectAsync(cancellationToken: cancellationToken);
    connection.SceneWritesRefused += (_, refused)
        => Console.Error.WriteLine($"Refused: {refused.Writes[0].Entity}: {refused.Writes[0].Error}");
    var page = new PicturePage(arguments.Output, arguments.Name);

    // 1. The host loads the model: one that it has, or a file that this program sends with the files that it names.
    LoadModelOptions options = arguments.Model is null
        ? new LoadModelOptions(new Uri("builtin://Engine"))
        : LoadModelOptions.FromPath(arguments.Model);
    LoadModelResult model = await connection.LoadModelAsync(options, cancellationToken: cancellationToken);
    foreach (LoadModelWarning warning in model.Warnings)
    {
        page.Fact("warning", warning.ToString());
    }

    Bounds bounds = await model.Root.QueryWorldBoundsAsync(cancellationToken)
        ?? throw new RenderingSceneException(RenderingSceneError.FileCorrupt, $"There are no visible meshes in '{arguments.Name}'.");
    page.Fact("model", $"{arguments.Name}: {model.Entities.Count:N0} entities, {model.Primitives:N0} primitives");
    page.Fact("bounds", $"{Round(bounds.Min)} to {Round(bounds.Max)}");
    double size = bounds.Size.Length;
    RenderingCamera camera = RenderingCamera.LookAt(bounds.Center + (new Double3(0.5, 0.35, 0.8) * (size * 0.75)), bounds.Center);
    camera.NearPlane = size / 1000;
    camera.FarPlane = size * 10;
    await TakeAsync("loaded", "As it was loaded");

    // 2. Entities below one of our own turn with it. The picture is taken after the write, without a wait.
    Entity pivot = connection.CreateEntity();
    pivot.Name = "pivot";
    pivot.Position = bounds.Center;
    Entity mover = connection.CreateEntity(pivot);
    mover.Position = bounds.Center * -1;
    model.Root.Parent = mover;
    pivot.Rotation = Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI / 4);
    await TakeAsync("turned", "Turned by 45 degrees about its middle");

    // 3. Rays: through the middle, from the camera and along the axes. What the first one meets is coloured.
    RayCastQueryResult hits = await connection.RayCastQueryAsync(
        new RayCast(camera.Position, bounds.Center + (bounds.Center - camera.Position), HitCollectionPolicy.ClosestHits, 16),
        cancellationToken);
    page.Fact("ray through the middle", hits.Hits.Count == 0 ? "hits nothing" : $"{hits.Hits.Count} hits");
    foreach (RayCastHit hit in hits.Hits.Take(5))
    {
        page.Fact("hit", $"{Name(hit.HitEntity)} at {Round(hit.HitPosition)}, {hit.DistanceToHit:0.###} m away, {hit.HitType}");
    }

    Entity chosen = hits.Hits.Select(static hit => hit.HitEntity).FirstOrDefault(static entity => entity is not null) ?? model.Root;
    var tint = (HierarchicalStateOverrideComponent)connection.CreateComponent(ObjectType.HierarchicalStateOverrideComponent, chosen);
    tint.TintColor = new Color4Ub(255, 80, 0, 200);
    tint.UseTintColorState = HierarchicalEnableState.ForceOn;
    await TakeAsync("tinted", $"What the ray met first: {Name(chosen)}");

    // 4. A plane through the middle cuts half of it away.
    Entity knife = connection.CreateEntity();
    knife.Position = bounds.Center;
    var plane = (CutPlaneComponent)connection.CreateComponent(ObjectType.CutPlaneComponent, knife);
    plane.Normal = Axis.Z;
    plane.FadeColor = new Color4Ub(255, 0, 0, 255);
    plane.FadeLength = (float)(size / 40);
    await TakeAsync("cut", "Cut open by a plane");
    plane.Destroy();

    // 5. Moved step by step, watched by a preview: it shows the newest state and leaves out what came in between.
    Task<int> preview = WatchAsync(connection, camera, page, cancellationToken);
    for (int step = 1; step <= 40 && !preview.IsCompleted; step++)
    {
        pivot.SetTransform(bounds.Center, Quaternion.CreateFromAxisAngle(Vector3.UnitY, (MathF.PI / 4) + (step * 0.1f)), Vector3.One);
        await connection.QueryServerPerformanceAssessmentAsync(cancellationToken);
        await Task.WhenAny(preview, Task.Delay(100, cancellationToken));
    }

    page.Fact("preview", $"{await preview} pictures while it turned");
    PerformanceAssessment host = await connection.QueryServerPerformanceAssessmentAsync(cancellationToken);
    page.Fact(
        "host",
        $"{host.TimeCpu:0.#} ms for a picture, {host.PolygonsRendered:N0} triangles in the last one, round trip "
            + $"{host.NetworkLatency.TotalMilliseconds:0.0} ms");
    Console.WriteLine($"page        {page.Save()}");

    async Task TakeAsync(string name, string caption)
    {
        RenderingPicture picture = await connection.CaptureFrameAsync(camera, 960, 540, cancellationToken);
        page.Add(name, caption, picture);
    }
}

static async Task<int> WatchAsync(
    RenderingConnection connection, RenderingCamera camera, PicturePage page, CancellationToken cancellationToken)
{
    int count = 0;
    var options = new RenderingPreviewOptions(camera) { Width = 320, Height = 180, FramesPerSecond = 10 };
    await foreach (RenderingPicture picture in connection.GetPreviewAsync(options, cancellationToken))
    {
        page.Add($"preview-{++count}", $"Preview, picture {picture.Number}", picture);
        if (count == 4)
        {
            break;
        }
    }

    return count;
}

static string Name(Entity? entity) => entity is null ? "nothing" : entity.Name.Length > 0 ? $"'{entity.Name}'" : entity.ToString();

static string Round(Double3 point) => FormattableString.Invariant($"({point.X:0.###}, {point.Y:0.###}, {point.Z:0.###})");
