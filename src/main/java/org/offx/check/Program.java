package org.offx.check;

import java.util.List;
import java.util.SequencedMap;
import org.offx.check.Definition.ActionDef;
import org.offx.check.Definition.EnumDef;
import org.offx.check.Definition.FactDef;
import org.offx.check.Definition.FnDef;
import org.offx.check.Definition.GroupDef;
import org.offx.check.Definition.KindDef;
import org.offx.check.Definition.LetDef;
import org.offx.check.Definition.NodeDef;
import org.offx.check.Definition.PlayDef;
import org.offx.check.Definition.RefinementDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Definition.RoleDef;
import org.offx.check.Definition.RuleDef;
import org.offx.check.Definition.StructDef;
import org.offx.check.Definition.TestDef;
import org.offx.text.Source;

/**
 * What the files of a playbook and the modules that they use mean, checked: definitions by qualified name, plays in the
 * order in which they were written. Every node has, besides the attributes of its kind, {@code address}, {@code user},
 * {@code port}, {@code become} (see docs/language.md, Nodes).
 */
public record Program(
        SequencedMap<String, LetDef> lets,
        SequencedMap<String, FnDef> functions,
        SequencedMap<String, FactDef> facts,
        SequencedMap<String, StructDef> structs,
        SequencedMap<String, EnumDef> enums,
        SequencedMap<String, RefinementDef> refinements,
        SequencedMap<String, KindDef> kinds,
        SequencedMap<String, NodeDef> nodes,
        SequencedMap<String, GroupDef> groups,
        SequencedMap<String, ResourceDef> resources,
        SequencedMap<String, ActionDef> actions,
        SequencedMap<String, RoleDef> roles,
        List<PlayDef> plays,
        List<RuleDef> rules,
        List<TestDef> tests,
        List<Source> sources) {}
