using System.Text.Json;
using System.Globalization;
namespace RemoteRendering.Sessions.Emulator.Scene.Gltf;
public class TryTests
{
    [Fact]
    public async Task Try()
    {
        var o = new StringWriter();
        string folder = "/work/shared/models";
        foreach (string line in File.ReadLines(folder + "/truth.jsonl"))
        {
            var t = JsonDocument.Parse(line).RootElement;
            string file = Path.Combine(folder, t.GetProperty("file").GetString()!);
            Model m;
            try { m = await Load(file); } catch (SceneException e) { o.WriteLine("REFUSED " + e.Message); continue; }
            var g = new SceneGraph(); g.Attach(m, 0, out uint root);
            var snap = SnapshotBuilder.Build(g);
            var b = SubtreeBounds.Measure(g.Find(root)!, true);
            var tb = t.GetProperty("bounds");
            double d = 0; for (int i = 0; i < 3; i++) { d = Math.Max(d, Math.Abs(tb.GetProperty("min")[i].GetDouble() - b.Min[i])); d = Math.Max(d, Math.Abs(tb.GetProperty("max")[i].GetDouble() - b.Max[i])); }
            double size = (b.Max - b.Min).Length;
            int bad = 0; double worst = 0; int rays = 0, nodebad = 0;
            foreach (var r in t.GetProperty("rays").EnumerateArray())
            {
                Vector3D V(JsonElement e) => new(e[0].GetDouble(), e[1].GetDouble(), e[2].GetDouble());
                var s = V(r.GetProperty("o")); var dir = V(r.GetProperty("d")); double far = r.GetProperty("far").GetDouble();
                var hits = RayCaster.Cast(snap, new RayQuery(s, s + dir * far, RayPolicy.Closest, 1));
                rays++;
                var h = r.GetProperty("hit");
                if (h.ValueKind == JsonValueKind.Null != (hits.Count == 0)) { bad++; continue; }
                if (hits.Count == 0) continue;
                worst = Math.Max(worst, Math.Abs(hits[0].Distance - h.GetProperty("dist").GetDouble()));
                if ((int)(hits[0].Entity - root) - 1 != h.GetProperty("node").GetInt32()) nodebad++;
            }
            int names = 0; int n = 0; string first = "";
            foreach (var e in t.GetProperty("tree").EnumerateArray()) { n++; if (n < m.Nodes.Count) { if (m.Nodes[n].Name != e.GetProperty("name").GetString()) { names++; first += m.Nodes[n].Name + "|" + e.GetProperty("name").GetString() + " "; } if (m.Nodes[n].Parent - 1 != e.GetProperty("parent").GetInt32()) first += "PARENT "; } }
            o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)} tree {n} ours {m.Nodes.Count - 1} names {names} {first[..Math.Min(80, first.Length)]} tri {t.GetProperty("triangles").GetInt64()} ours {m.Primitives} bounds {d / size:e2} rays {rays} bad {bad} nodebad {nodebad} worst {worst / size:e2}"));
            foreach (var w in m.Warnings) o.WriteLine("    " + w);
        }
        foreach (string f in Directory.GetFiles("/work/shared/findings/gltf"))
        {
            try { var m = await Load(f); var g = new SceneGraph(); g.Attach(m, 0, out uint root); var b = SubtreeBounds.Measure(g.Find(root)!, true); o.WriteLine($"{Path.GetFileName(f)} {b.Min} {b.Max} {m.Nodes[1].Position} {m.Nodes[1].Rotation} {m.Nodes[1].Scale}"); foreach (var w in m.Warnings) o.WriteLine("    " + w); }
            catch (SceneException e) { o.WriteLine(Path.GetFileName(f) + " REFUSED " + e.Code + " " + e.Message); }
        }
        File.WriteAllText("/tmp/scene-try/out.txt", o.ToString());
    }
    static Task<Model> Load(string f) => GltfLoader.LoadAsync(File.ReadAllBytes(f), Path.GetFileName(f), "root", (n, c) => File.ReadAllBytesAsync(Path.Combine(Path.GetDirectoryName(f)!, Uri.UnescapeDataString(n)), c), GltfLoaderTests.Limits(), _ => { }, default);
}
