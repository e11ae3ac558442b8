//! A linear-chain conditional random field while it is trained: forward and backward sums, steps by `AdaGrad`.
//!
//! What is to be learnt is which tags a token *may* have; the gradient is the difference between what the model expects
//! under these and what it expects without them.

use dateline::extract::tagger::{TAGS, may_follow};

use super::Random;
use super::data::Lesson;

/// The share of features that a step leaves out, so that none is relied on alone.
const LEFT_OUT: f32 = 0.3;
/// What is added to the roots of `AdaGrad`, of rows and of transitions.
const ROOT: (f32, f32) = (0.3, 1.0);
/// A token whose gradient is below this is left as it is.
const ENOUGH: f32 = 1e-3;
/// What rounding multiplies weights with: weights beyond two are rare and are cut.
const SCALE: f32 = 60.0;

type Sums = [f32; TAGS];
type Edges = [Sums; TAGS + 1];

pub(crate) struct Chain {
    bits: u32,
    weights: Vec<Sums>,
    squares: Vec<Sums>,
    transitions: Edges,
    transition_squares: Edges,
}

impl Chain {
    pub(crate) fn new(bits: u32) -> Self {
        Self {
            bits,
            weights: vec![[0.0; TAGS]; 1 << bits],
            squares: vec![[0.0; TAGS]; 1 << bits],
            transitions: [[0.0; TAGS]; TAGS + 1],
            transition_squares: [[0.0; TAGS]; TAGS + 1],
        }
    }

    /// One step towards a chunk.
    pub(crate) fn learn(&mut self, lesson: &Lesson, step: f32, random: &mut Random) {
        let scale = 1.0 / (1.0 - LEFT_OUT);
        let mut rows: Vec<Vec<usize>> = Vec::with_capacity(lesson.features.len());
        let mut scores: Vec<Sums> = Vec::with_capacity(lesson.features.len());
        for features in &lesson.features {
            let kept: Vec<usize> = features
                .iter()
                .filter(|_| random.share() >= LEFT_OUT)
                .map(|feature| usize::try_from(feature >> (64 - self.bits)).unwrap_or(0))
                .collect();
            let mut sums = [0.0; TAGS];
            for row in &kept {
                for (sum, weight) in sums.iter_mut().zip(&self.weights[*row]) {
                    *sum += weight;
                }
            }
            scores.push(sums.map(|sum| sum * scale));
            rows.push(kept);
        }
        let (free, free_edges) = self.expect(&scores, None);
        let (held, held_edges) = self.expect(&scores, Some(&lesson.may));
        for ((rows, free), held) in rows.iter().zip(&free).zip(&held) {
            let gradient: Sums = std::array::from_fn(|tag| (held[tag] - free[tag]) * scale * lesson.weight);
            if gradient.iter().all(|g| g.abs() <= ENOUGH) {
                continue;
            }
            for row in rows {
                let (weights, squares) = (&mut self.weights[*row], &mut self.squares[*row]);
                for tag in 0..TAGS {
                    squares[tag] += gradient[tag] * gradient[tag];
                    weights[tag] += step * gradient[tag] / (squares[tag].sqrt() + ROOT.0);
                }
            }
        }
        for before in 0..=TAGS {
            for tag in 0..TAGS {
                let gradient = (held_edges[before][tag] - free_edges[before][tag]) * lesson.weight;
                if gradient != 0.0 {
                    let square = &mut self.transition_squares[before][tag];
                    *square += gradient * gradient;
                    self.transitions[before][tag] += step * gradient / (square.sqrt() + ROOT.1);
                }
            }
        }
    }

    /// How probable each tag is at each token, and how often each follows each, among rows of tags that `may` allows.
    fn expect(&self, scores: &[Sums], may: Option<&[u8]>) -> (Vec<Sums>, Edges) {
        let count = scores.len();
        let allowed = |at: usize, tag: usize| may.is_none_or(|may| may[at] >> tag & 1 == 1);
        let own: Vec<Sums> = (0..count)
            .map(|at| {
                let most = scores[at].iter().copied().fold(f32::NEG_INFINITY, f32::max);
                std::array::from_fn(|tag| if allowed(at, tag) { exp(scores[at][tag] - most) } else { 0.0 })
            })
            .collect();
        let edge: Edges = std::array::from_fn(|before| {
            std::array::from_fn(|tag| {
                let follows = may_follow(if before == TAGS { 0 } else { before }, tag);
                if follows { exp(self.transitions[before][tag]) } else { 0.0 }
            })
        });
        let mut ahead: Vec<Sums> = Vec::with_capacity(count);
        for own in &own {
            let sums = std::array::from_fn(|tag| {
                own[tag]
                    * match ahead.last() {
                        None => edge[TAGS][tag],
                        Some(last) => (0..TAGS).map(|before| last[before] * edge[before][tag]).sum(),
                    }
            });
            ahead.push(scaled(sums));
        }
        let mut back = vec![[1.0; TAGS]; count];
        for at in (0..count.saturating_sub(1)).rev() {
            let (own, next) = (own[at + 1], back[at + 1]);
            back[at] = scaled(std::array::from_fn(|before| {
                (0..TAGS).map(|tag| edge[before][tag] * own[tag] * next[tag]).sum()
            }));
        }
        let tags: Vec<Sums> = ahead
            .iter()
            .zip(&back)
            .map(|(a, b)| scaled(std::array::from_fn(|tag| a[tag] * b[tag])))
            .collect();
        let mut edges = [[0.0; TAGS]; TAGS + 1];
        if let Some(first) = tags.first() {
            edges[TAGS] = *first;
        }
        for at in 1..count {
            let mut sums = [[0.0; TAGS]; TAGS];
            let mut all = 0.0;
            for before in 0..TAGS {
                for tag in 0..TAGS {
                    let sum = ahead[at - 1][before] * edge[before][tag] * own[at][tag] * back[at][tag];
                    sums[before][tag] = sum;
                    all += sum;
                }
            }
            for before in 0..TAGS {
                for tag in 0..TAGS {
                    edges[before][tag] += sums[before][tag] / f32::max(all, TINY);
                }
            }
        }
        (tags, edges)
    }

    /// The weights as the model's file has them.
    pub(crate) fn rounded(&self) -> ([[i16; TAGS]; TAGS + 1], Vec<[i8; TAGS]>) {
        #[allow(clippy::cast_possible_truncation, reason = "clamped to the type before")]
        let rows = self
            .weights
            .iter()
            .map(|row| row.map(|weight| (weight * SCALE).round().clamp(-127.0, 127.0) as i8))
            .collect();
        #[allow(clippy::cast_possible_truncation, reason = "clamped to the type before")]
        let transitions =
            self.transitions.map(|row| row.map(|w| (w * SCALE).round().clamp(-30_000.0, 30_000.0) as i16));
        (transitions, rows)
    }
}

/// The least that a sum of probabilities is divided by.
const TINY: f32 = 1e-30;

fn scaled(sums: Sums) -> Sums {
    let all = f32::max(sums.iter().sum(), TINY);
    sums.map(|sum| sum / all)
}

/// The exponential function by a polynomial: the same bits on every machine, which a library's does not promise.
fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    let whole = x.floor();
    let rest = x - whole;
    let power = 1.0
        + rest
            * (std::f32::consts::LN_2
                + rest * (0.240_226_5 + rest * (0.055_504_1 + rest * (0.009_618_1 + rest * 0.001_333_6))));
    #[allow(clippy::cast_possible_truncation, reason = "between -116 and 116")]
    let exponent = whole as i32 + 127;
    power * f32::from_bits(exponent.cast_unsigned() << 23)
}
