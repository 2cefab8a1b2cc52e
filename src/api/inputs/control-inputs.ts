import { Field, ID, InputType } from 'type-graphql';

@InputType()
abstract class ControlInput {
  @Field(() => ID, { description: 'The experiment, `exp_…`.' })
  readonly id!: string;
}

@InputType({ description: 'Which experiment to stop for good.' })
export class CancelExperimentInput extends ControlInput {}

@InputType({ description: 'Which experiment to pause.' })
export class PauseExperimentInput extends ControlInput {}

@InputType({ description: 'Which paused experiment to let go on.' })
export class ResumeExperimentInput extends ControlInput {}
